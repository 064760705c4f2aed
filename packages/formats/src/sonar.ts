import type { MakeFormat } from './format.ts'
import { type ReportedSource, reportedSources } from './reported-sources.ts'
import { attribute, refusedByXml } from './xml.ts'

/** SonarQube's generic coverage: of each executable line whether it ran, and how many arms of branches that start there did. */
export const sonar: MakeFormat = (input) => {
  const { problems, sources } = reportedSources(input, SONAR)
  return {
    files: [{ path: 'sonar-coverage.xml', text: { [Symbol.iterator]: () => document(sources) } }],
    problems,
  }
}

const SONAR = { name: "SonarQube's coverage", refuses: refusedByXml } as const

function* document(sources: readonly ReportedSource[]): Generator<string, void> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<coverage version="1">\n'
  for (const source of sources) if (source.lines.size > 0) yield fileOf(source)
  yield '</coverage>\n'
}

function fileOf({ branches, lines, path }: ReportedSource): string {
  const arms = new Map<number, { all: number; taken: number }>()
  for (const { counts, site } of branches) {
    const known = arms.get(site.line) ?? { all: 0, taken: 0 }
    known.all += counts.length
    known.taken += counts.filter((count) => count > 0).length
    arms.set(site.line, known)
  }
  const rows = [...lines].map(([line, count]) => {
    const here = arms.get(line)
    const branched = here ? ` branchesToCover="${here.all}" coveredBranches="${here.taken}"` : ''
    return `    <lineToCover lineNumber="${line}" covered="${count > 0}"${branched}/>\n`
  })
  return `  <file path="${attribute(path)}">\n${rows.join('')}  </file>\n`
}
