import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { obstaclesTo } from '@tstrace/core/obstacles-to'
import { type TracedProcesses, tracedEnvironment } from '@tstrace/node'
import { sentenceOf, TstraceError } from '@tstrace/results/errors'
import {
  cannotWrite,
  nowhereToLeave,
  systemRefusal,
  type TemporaryFolder,
  temporaryFolder,
} from '@tstrace/results/files'
import { complaint, printableLines } from '@tstrace/results/printable'
import { programAt, programNamed } from './find-program.ts'
import { type Arguments, parseArguments } from './parse-arguments.ts'
import { QUESTIONS } from './question-table.ts'
import { type ProgramEnd, runProgram } from './run-program.ts'

/** The command `tstrace`: runs a program and reports, or reports what earlier runs left in a file. */
export async function main(words: readonly string[]): Promise<void> {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string }
  process.stderr.on('error', () => {})
  process.stdout.on('error', () => {}).once('error', sayLost)
  // Python would ask for an option in front of a program of this name.
  if (words[0] === 'explain') return attempt(2, () => explained(words.slice(1)))
  if (words[0] === 'merge') return attempt(2, () => merged(words.slice(1)))
  const question = words[0] ?? ''
  if (Object.hasOwn(QUESTIONS, question)) return attempt(1, () => answered(question, words.slice(1)))
  const given = parseArguments(words, version)
  return attempt(given.report ? 2 : 1, () => (given.report ? report(given) : run(given)))
}

/** Whoever reads the report may have gone, which is no error; a disk may be full where it goes. */
function sayLost(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return
  process.stderr.write(`${complaint(sentenceOf(cannotWrite('standard output', error)))}\n`)
  process.once('exit', () => {
    process.exitCode ||= 1
  })
}

/** Those that do not depend on what the command does. */
const STATUSES: Readonly<Record<string, number>> = { TST_COUNTS_UNSOUND: 1, TST_LABEL: 2 }

/** What Python's `trace` says word for word, without a code. */
const PYTHONS: ReadonlySet<string> = new Set(['TST_NO_MODULE', 'TST_NO_PROGRAM'])

async function attempt(status: number, action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    sayError(error)
    process.exitCode = error instanceof TstraceError ? (STATUSES[error.code] ?? status) : 1
  }
}

function sayError(error: unknown): void {
  process.stderr.write(`${complaint(saidOf(error))}\n`)
}

/** Of what is no error of ours it has to be known where it comes from. */
function saidOf(thrown: unknown): string {
  const error = systemRefusal(thrown) ?? thrown
  if (error instanceof TstraceError) return PYTHONS.has(error.code) ? error.message : sentenceOf(error)
  return error instanceof Error ? (error.stack ?? error.message) : sentenceOf(error)
}

async function explained(words: readonly string[]): Promise<void> {
  const { explain } = await import('./explain.ts')
  process.stdout.write(printableLines(explain(words)))
}

async function merged(words: readonly string[]): Promise<void> {
  const { merge } = await import('./merge.ts')
  for (const problem of await merge(words)) process.stderr.write(`${complaint(problem)}\n`)
}

async function answered(question: string, words: readonly string[]): Promise<void> {
  const { ask } = await import('./ask.ts')
  process.stdout.write(printableLines(await ask(question, words)))
}

async function report(given: Arguments): Promise<void> {
  const { reportFiles } = await import('./conclude.ts')
  if (!(await reportFiles({ ...given, root: realpathSync(process.cwd()) }))) process.exitCode = 1
}

async function run(given: Arguments): Promise<void> {
  const root = realpathSync(process.cwd())
  // A wrong one is an error before anything runs.
  if (given.label.length > 0) (await import('@tstrace/results/counts-file')).labelText(given.label)
  const { home, path, given: program } = (given.module ? programNamed : programAt)(given.program, root)
  const { debug, exclude, ignoreDir, ignoreModule, include, timing, trace: live, trackcalls: calls } = given
  const filters = { include, exclude, ignoreDir, ignoreModule }
  const [file = ''] = given.file
  for (const sentence of obstaclesTo(root, { ...given, file }))
    process.stderr.write(`${complaint(sentence)}\n`)
  const orders = { root, program: path, home, calls, live, timing, debug, filters }
  const { environment, folder, obstacle } = prepare(orders)
  let end: ProgramEnd
  let isWritten: boolean
  try {
    const words = [program, ...given.programArguments]
    const ended = runProgram({ folder: folder?.path, environment, words })
    // Most of what is needed afterwards takes its time to load.
    const loading = import('./conclude.ts')
    loading.catch(() => {})
    end = await ended
    const { signal } = end
    isWritten = await loading
      .then(({ conclude }) => conclude({ ...given, root, orders, signal, folder: folder?.path, obstacle }))
      .catch((error) => {
        // The program has ended as it has.
        sayError(error)
        return false
      })
  } finally {
    folder?.remove()
  }
  if (end.signal) process.kill(process.pid, end.signal)
  else process.exitCode = end.status === 0 && !isWritten ? 1 : end.status
}

/** With what a program runs. Where there is nowhere to leave counts it runs all the same. */
interface Prepared {
  readonly environment: NodeJS.ProcessEnv
  readonly folder?: TemporaryFolder
  /** Why nothing is counted, as a sentence. */
  readonly obstacle?: string
}

function prepare(orders: TracedProcesses['orders']): Prepared {
  let folder: TemporaryFolder | undefined
  try {
    folder = temporaryFolder()
    return { folder, environment: tracedEnvironment({ folder: folder.path, orders }) }
  } catch (error) {
    folder?.remove()
    const environment = tracedEnvironment({ folder: undefined, orders })
    return { environment, obstacle: sentenceOf(nowhereToLeave(error)) }
  }
}
