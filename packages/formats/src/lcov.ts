import { printable } from '@tstrace/results/printable'
import type { MakeFormat } from './format.ts'
import { type ReportedBranch, type ReportedSource, reportedSources } from './reported-sources.ts'

/** LCOV's trace file, as geninfo writes it: a record for each source. */
export const lcov: MakeFormat = (input) => {
  const { problems, sources } = reportedSources(input, LCOV)
  const text = { [Symbol.iterator]: () => records(sources, input.test) }
  return { files: [{ path: 'lcov.info', text }], problems }
}

/** What LCOV cannot hold. */
export const LCOV = {
  name: 'LCOV',
  refuses: (path: string): string | undefined =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    /[\0-\x1F\x7F]/.test(path) ? 'there is a line break or another control character in its path' : undefined,
} as const

/** @param test name of the test that it is of; '' for none */
export function* records(sources: Iterable<ReportedSource>, test: string): Generator<string, void> {
  for (const source of sources) if (source.lines.size > 0) yield record(source, test)
}

function record({ branches, functions, lines, path }: ReportedSource, test: string): string {
  const names = functionNames(functions)
  const arms = branches.flatMap(({ counts }) => counts)
  return [
    `TN:${nameInLine(test)}`,
    `SF:${path}`,
    ...functions.map(({ line }, i) => `FN:${line},${names[i]}`),
    ...functions.map(({ calls }, i) => `FNDA:${calls},${names[i]}`),
    `FNF:${functions.length}`,
    `FNH:${functions.filter(({ calls }) => calls > 0).length}`,
    ...branches.flatMap(branchLines),
    ...(branches.length > 0 ? [`BRF:${arms.length}`, `BRH:${arms.filter((count) => count > 0).length}`] : []),
    ...[...lines].map(([line, count]) => `DA:${line},${count}`),
    `LF:${lines.size}`,
    `LH:${[...lines.values()].filter((count) => count > 0).length}`,
    'end_of_record\n',
  ].join('\n')
}

/** An arm of what was never reached has a dash. Of default values nobody knows whether they were. */
function branchLines({ counts, site: { kind, line } }: ReportedBranch, block: number): string[] {
  const isReached = kind === 'default-arg' || counts.some((count) => count > 0)
  return counts.map((count, arm) => `BRDA:${line},${block},${arm},${isReached ? count : '-'}`)
}

/** Readers find a function's count by its name, and take a comma for the end of it. */
function functionNames(functions: ReportedSource['functions']): string[] {
  const taken = new Set<string>()
  return functions.map(({ line, name }) => {
    const own = nameInLine(name)
    const unique = taken.has(own) ? `${own}:${line}` : own
    taken.add(unique)
    return unique
  })
}

/** A name without what readers take for the end of it, of its line or of its record. */
export function nameInLine(name: string): string {
  return printable(name).replaceAll(',', ';').replaceAll('end_of_record', 'end of record')
}
