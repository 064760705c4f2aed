import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { compareLines } from './istanbul-comparison.ts'
import type { IstanbulFile } from './istanbul-numbers.ts'
import type { OurNumber } from './istanbul-rules.ts'

/*
 * Compares what one run of a suite left behind under both: node istanbul-suite.ts ROOT RESULTS.json COVERAGE-FINAL.json
 * Prints the figures and every difference that no rule explains; exits with 1 if there is one.
 */
interface Source {
  readonly path: string
  readonly counts: readonly number[]
  readonly sites: { readonly rules: readonly string[]; readonly lines: readonly (readonly number[])[] }
}

const [, , root = '', resultsFile = '', coverageFile = ''] = process.argv
const { sources } = JSON.parse(readFileSync(resultsFile, 'utf8')) as { sources: readonly Source[] }
const coverage = JSON.parse(readFileSync(coverageFile, 'utf8')) as Record<string, IstanbulFile>
const figures = { files: 0, lines: 0, equal: 0, oursOnly: 0, istanbulOnly: 0, otherNumber: 0, unexplained: 0 }
const rules: Record<string, number> = {}
const problems: string[] = []

for (const [file, istanbul] of Object.entries(coverage)) {
  const path = relative(root, file)
  const [source, another] = sources.filter((each) => each.path === path)
  if (another) problems.push(`${path}: counted in two ways, compared in one`)
  if (!source && !Object.values(istanbul.s).some((count) => count > 0)) continue
  figures.files += 1
  const text = readFileSync(resolve(root, path), 'utf8')
  for (const line of compareLines({ path, source: text }, istanbul, source ? numbersOf(source) : [])) {
    figures.lines += 1
    if (line.ours === line.istanbul) figures.equal += 1
    else {
      const kind =
        line.istanbul === undefined ? 'oursOnly' : line.ours === undefined ? 'istanbulOnly' : 'otherNumber'
      figures[kind] += 1
      const name = `${kind}: ${line.problem ? 'no rule' : line.rules.join(' + ')}`
      rules[name] = (rules[name] ?? 0) + 1
    }
    if (line.problem) problems.push(`${path}: ${line.problem}`)
  }
}

figures.unexplained = problems.length
console.log(figures, Object.fromEntries(Object.entries(rules).sort(([a], [b]) => a.localeCompare(b))))
const unseen = sources.filter(({ path }) => !coverage[resolve(root, path)]).map(({ path }) => path)
if (unseen.length > 0) console.log(`Not in Istanbul's report: ${unseen.join(', ')}`)
for (const problem of problems) console.log(problem)
process.exitCode = problems.length > 0 ? 1 : 0

function numbersOf({ counts, sites }: Source): OurNumber[] {
  return sites.lines.map(([line = 0, column = 0, rule = 0, , ...counters]) => ({
    line,
    column,
    rule: sites.rules[rule] ?? '',
    count: counters.reduce((sum, counter) => sum + (counts[counter] ?? 0), 0),
  }))
}
