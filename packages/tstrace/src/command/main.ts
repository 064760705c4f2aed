import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { accumulate, type Collected, type CoverageResults, TstraceError, WorkerFiles } from '@tstrace/core'
import { readResultsFile } from '../results-file.ts'
import { collectCounts } from './collect-counts.ts'
import { explain } from './explain.ts'
import { programAt, programNamed } from './find-program.ts'
import { type Arguments, parseArguments } from './parse-arguments.ts'
import { HOOKS, type ProgramEnd, runProgram } from './run-program.ts'
import { writeProgramReport } from './write-program-report.ts'

/** The command `tstrace`: runs a program and reports, or reports what earlier runs left in a file. */
export async function main(words: readonly string[]): Promise<void> {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string }
  // Whoever reads the report may have gone, which is no error of the program.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  // Python would ask for an option in front of a program of this name.
  if (words[0] === 'explain') return attempt(2, () => void process.stdout.write(explain(words.slice(1))))
  const given = parseArguments(words, version)
  return attempt(given.report ? 2 : 1, () => (given.report ? report(given) : run(given)))
}

async function attempt(status: number, action: () => void | Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    if (!(error instanceof TstraceError)) throw error
    process.stderr.write(`tstrace: ${error.message}\n`)
    process.exitCode = status
  }
}

async function run(given: Arguments): Promise<void> {
  const root = realpathSync(process.cwd())
  const { home, path, given: program } = (given.module ? programNamed : programAt)(given.program, root)
  const files = new WorkerFiles()
  let end: ProgramEnd
  let collected: Collected
  try {
    const calls = given.trackcalls
    const { ignoreDir, ignoreModule, timing, trace } = given
    const orders = {
      root,
      program: path,
      home,
      hooks: HOOKS,
      calls,
      live: trace,
      timing,
      ignoreDir,
      ignoreModule,
    }
    end = await runProgram({ folder: files.folder, orders, words: [program, ...given.programArguments] })
    collected = collectCounts(files, { root, calls })
  } finally {
    files.remove()
  }
  conclude(collected, { ...given, root })
  if (end.signal) process.kill(process.pid, end.signal)
  else process.exitCode = end.status
}

/** Adds to the results file, and reports. */
function conclude({ problems, results }: Collected, options: Arguments & { readonly root: string }): void {
  const said = [...problems]
  const sum = options.file === '' ? results : added(results, resolve(options.root, options.file), said)
  if (!options.noReport) {
    const { problems: more, text } = writeProgramReport(sum, options)
    process.stdout.write(text)
    said.push(...more)
  }
  for (const problem of said) process.stderr.write(`tstrace: ${problem}\n`)
}

function added(results: CoverageResults, file: string, problems: string[]): CoverageResults {
  try {
    return accumulate(results, file)
  } catch (error) {
    problems.push(messageOf(error))
    return results
  }
}

/** Reports what is in a results file. */
function report(given: Arguments): void {
  const root = realpathSync(process.cwd())
  const results = readResultsFile(resolve(root, given.file))
  // Only who tracked calls has some.
  const asked = { ...given, root, count: true, trackcalls: true }
  const { problems, text } = writeProgramReport(results, asked)
  process.stdout.write(text)
  for (const problem of problems) process.stderr.write(`tstrace: ${problem}\n`)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
