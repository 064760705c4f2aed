import { contextKey } from '@tstrace/results/internal'
import type { EvidencePart } from './evidence.ts'
import { testFilesOf } from './test-file.ts'

/**
 * Projects whose test files share modules (`isolate: false`), as their recording shows: there a module runs for the test file that
 * comes first, and its functions for others, too. What a file ran is not all that it depends on then.
 */
export function sharingProjects({ recording }: EvidencePart): ReadonlySet<string> {
  const results = recording.results({ calls: false })
  const contexts = new Map(recording.contexts().map((context) => [contextKey(context), testFilesOf(context)]))
  const sharing = new Set<string>()
  for (const source of results.sources()) {
    const kept = results.recorded.ofSource(source)?.kept()
    const module = source.sites.functions[0]
    if (!kept || !module) continue
    const [loaded, used] = [new Set<string>(), new Map<string, string>()]
    for (let row = 0; row < kept.rows; row++) {
      let isLoaded = false
      let isUsed = false
      kept.visitRow(row, (part) =>
        kept.visitPart(part, (counter, count) => {
          if (count === 0) return
          if (counter === module.counter) isLoaded = true
          else isUsed = true
        }),
      )
      kept.visitContexts(row, (context) => {
        for (const { file, project } of contexts.get(context) ?? []) {
          if (isLoaded) loaded.add(`${project}\0${file}`)
          if (isUsed) used.set(`${project}\0${file}`, project)
        }
      })
    }
    for (const [key, project] of used) if (!loaded.has(key)) sharing.add(project)
  }
  return sharing
}
