import { absolutePath } from '@tstrace/instrument/source-file'
import type { FormatInput, MakeFormat } from './format.ts'
import { type FileCoverage, istanbulCoverage } from './istanbul-coverage.ts'
import { type ReportedSource, reportedSources } from './reported-sources.ts'

/** Istanbul's `coverage-final.json`: an entry for each source, by its absolute path. */
export const istanbul: MakeFormat = (input) => {
  const { problems, sources } = reportedSources(input, ISTANBUL)
  const text = { [Symbol.iterator]: () => entries(sources, input) }
  return { files: [{ path: 'coverage-final.json', text }], problems }
}

/** JSON holds every path. */
const ISTANBUL = { name: "Istanbul's coverage", refuses: (): undefined => undefined } as const

function* entries(sources: readonly ReportedSource[], input: FormatInput): Generator<string, void> {
  yield '{'
  for (const [i, source] of sources.entries()) {
    const coverage = coverageOfSource(source, input)
    yield `${i > 0 ? ',' : ''}\n${JSON.stringify(coverage.path)}: ${JSON.stringify(coverage)}`
  }
  yield '\n}\n'
}

/** A source in Istanbul's terms, under its absolute path, as Istanbul has it. */
export function coverageOfSource(
  source: ReportedSource,
  { root, source: textOf }: FormatInput,
): FileCoverage {
  return istanbulCoverage(textOf(source), source.tables, absolutePath(root, source.path))
}
