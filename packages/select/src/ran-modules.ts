import type { EvidencePart } from './evidence.ts'
import { testFileKey, testFilesByContext } from './test-file.ts'

/** What a recording shows of the modules of its test files. */
export interface RanModules {
  /** Keys of the test files that ran anything that was counted. */
  readonly testFiles: ReadonlySet<string>
  /**
   * Projects whose test files share modules (`isolate: false`): there a module runs for the test file that comes first, and its
   * functions for others, too. What a file ran is not all that it depends on then.
   */
  readonly sharing: ReadonlySet<string>
}

export function ranModules({ recording }: EvidencePart): RanModules {
  const results = recording.results({ calls: false })
  const filesOf = testFilesByContext(recording.contexts())
  const testFiles = new Set<string>()
  const sharing = new Set<string>()
  for (const source of results.sources()) {
    const kept = results.recorded.ofSource(source)?.kept()
    const module = source.sites.functions[0]
    if (!kept || !module) continue
    const [loaded, used] = [new Set<string>(), new Map<string, string>()]
    for (let row = 0; row < kept.rows; row++) {
      const { length, places } = kept.countsOf(row)
      const isLoaded = places.subarray(0, length).includes(module.counter)
      kept.visitContexts(row, (context) => {
        for (const testFile of filesOf.get(kept.keys[context] as string) ?? []) {
          const key = testFileKey(testFile)
          if (isLoaded) loaded.add(key)
          else used.set(key, testFile.project)
        }
      })
    }
    for (const key of loaded) testFiles.add(key)
    for (const [key, project] of used) {
      testFiles.add(key)
      if (!loaded.has(key)) sharing.add(project)
    }
  }
  return { testFiles, sharing }
}
