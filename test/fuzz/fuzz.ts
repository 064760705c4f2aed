import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { checkProgram } from './check-program.ts'
import { checkText } from './check-text.ts'
import { installedFiles } from './installed-files.ts'
import { mutated } from './mutate.ts'
import { printTight } from './print-tight.ts'
import { program } from './programs.ts'

/*
 * npm run fuzz -- [--seed N] [--programs N] [--files N]
 *
 * Without --files, every file is checked. What fails is printed with what is needed to see it again.
 */

const { values } = parseArgs({
  options: { seed: { type: 'string' }, programs: { type: 'string' }, files: { type: 'string' } },
})
const seed = Number(values.seed ?? Date.now() % 2 ** 31)
const programs = Number(values.programs ?? 3000)
console.log(`seed ${seed}`)

/** Draws through fast-check, which can make what fails smaller. */
function tokensOf(kind: 'module' | 'script'): fc.Arbitrary<readonly string[]> {
  return fc.gen().map((value) => program((below) => value(fc.nat, { max: below - 1 }), kind))
}

async function fuzzPrograms(kind: 'module' | 'script'): Promise<boolean> {
  const property = fc.asyncProperty(tokensOf(kind), fc.nat(), async (tokens, change) => {
    const source = printTight(tokens)
    const problems = await checkProgram(source, kind)
    const wrong = printTight(mutated(tokens, change))
    problems.push(...checkText({ file: 'case.js', source: wrong, kind }).map((text) => `${text}\n${wrong}`))
    if (problems.length > 0) throw new Error(`${problems.join('\n')}\n${source}`)
  })
  const result = await fc.check(property, { seed, numRuns: programs, interruptAfterTimeLimit: 600_000 })
  console.log(`${result.numRuns} generated ${kind}s: ${result.failed ? 'FAILED' : 'the same'}`)
  if (result.failed) console.log((result.errorInstance as Error).message)
  return !result.failed
}

/** How many files one process checks: most take some 500 MB, those with copies of TypeScript (9 MB of text each) 2 GB. */
const AT_ONCE = 250

async function fuzzFiles(): Promise<boolean> {
  const all = installedFiles()
  const most = Number(values.files ?? all.length)
  const step = Math.max(1, Math.floor(all.length / most))
  const chosen = all.filter((_, index) => (index + seed) % step === 0).slice(0, most)
  let failed = 0
  for (let from = 0; from < chosen.length; from += AT_ONCE)
    failed += await failedOf(chosen.slice(from, from + AT_ONCE))
  console.log(
    `${chosen.length} of ${all.length} installed files: ${failed > 0 ? `${failed} FAILED` : 'the same'}`,
  )
  return failed === 0
}

/** How many of some files fail: all of them, where their process ends before it can say so. */
async function failedOf(files: readonly string[]): Promise<number> {
  const child = fork(fileURLToPath(new URL('check-files.ts', import.meta.url)), files)
  let failed: number | undefined
  child.on('message', (count: number) => {
    failed = count
  })
  const [status, signal] = await once(child, 'exit')
  if (failed === undefined) console.log(`Ended with ${signal ?? status}: one of\n  ${files.join('\n  ')}`)
  return failed ?? files.length
}

const outcomes = [await fuzzPrograms('module'), await fuzzPrograms('script'), await fuzzFiles()]
if (outcomes.includes(false)) {
  console.log(`See it again: npm run fuzz -- --seed ${seed}`)
  process.exitCode = 1
}
