import { realpathSync } from 'node:fs'
import { obstaclesTo } from '@tstrace/core/obstacles-to'
import { VERSION } from '@tstrace/core/version'
import { codeCache, keepCode, type TracedProcesses, tracedEnvironment, uncompiledFiles } from '@tstrace/node'
import { sentenceOf } from '@tstrace/results/errors'
import { keepCompiled, nowhereToLeave, type TemporaryFolder, temporaryFolder } from '@tstrace/results/files'
import { complaint, printableLines } from '@tstrace/results/printable'
import { type Arguments, parseArguments } from './arguments/parse-arguments.ts'
import { attempt, sayError, watchOutput } from './attempt.ts'
import { programAt, programNamed } from './program/find-program.ts'
import { type ProgramEnd, startProgram } from './program/start-program.ts'
import { written } from './written.ts'

/** What the command does but for questions. */
export async function command(words: readonly string[]): Promise<void> {
  watchOutput()
  // Python would ask for an option in front of a program of this name.
  if (words[0] === 'explain') return attempt(2, () => explained(words.slice(1)))
  if (words[0] === 'merge') return attempt(2, () => merged(words.slice(1)))
  if (words[0] === 'export') return attempt(1, () => exported(words.slice(1)))
  if (words[0] === 'select') return attempt(1, () => selected(words.slice(1)))
  const given = parseArguments(words, VERSION)
  let lacking: readonly string[] = []
  await attempt(given.report ? 2 : 1, async () => {
    if (given.report) await report(given)
    else lacking = await run(given)
  })
  keepCompiled(lacking)
}

async function explained(words: readonly string[]): Promise<void> {
  const { explain } = await import('./explain.ts')
  await written(process.stdout, printableLines(explain(words)))
}

async function merged(words: readonly string[]): Promise<void> {
  const { merge } = await import('./counts/merge.ts')
  for (const problem of await merge(words)) await written(process.stderr, `${complaint(problem)}\n`)
}

async function exported(words: readonly string[]): Promise<void> {
  const { exportFormats } = await import('./export/export.ts')
  const { isWhole, output = '', problems, said } = await exportFormats(words)
  const pieces = typeof output === 'string' ? [output] : output
  for (const piece of pieces) await written(process.stdout, piece)
  await written(process.stdout, printableLines(said))
  for (const problem of problems) await written(process.stderr, `${complaint(problem)}\n`)
  if (!isWhole) process.exitCode = 1
}

async function selected(words: readonly string[]): Promise<void> {
  const { select } = await import('./select.ts')
  const { printed, said } = await select(words)
  for (const line of said) await written(process.stderr, printableLines(`${line}\n`))
  await written(process.stdout, printableLines(printed))
}

async function report(given: Arguments): Promise<void> {
  const { reportFiles } = await import('./program/conclude.ts')
  process.exitCode = await reportFiles({ ...given, root: realpathSync(process.cwd()) })
}

/** @returns absolute paths of files of ours that its processes had to compile from the start */
async function run(given: Arguments): Promise<readonly string[]> {
  const root = realpathSync(process.cwd())
  // A wrong one is an error before anything runs.
  if (given.label.length > 0) (await import('@tstrace/results/counts-file')).labelText(given.label)
  const { home, path, given: program } = (given.module ? programNamed : programAt)(given.program, root)
  const { branches, debug, timing, trace: live, trackcalls: calls } = given
  const { exclude, ignoreDir, ignoreModule, include } = given
  const filters = { include, exclude, ignoreDir, ignoreModule }
  const [file = ''] = given.file
  for (const sentence of obstaclesTo(root, { ...given, file }))
    process.stderr.write(`${complaint(sentence)}\n`)
  const code = codeCache()
  const orders = { root, program: path, home, branches, calls, live, timing, debug, filters, code }
  const { environment, folder, obstacle } = prepare(orders)
  let end: ProgramEnd
  let own: number
  let lacking: readonly string[] = []
  try {
    const words = [program, ...given.programArguments]
    const { ended } = await startProgram({ folder: folder?.path, environment, words })
    // Most of what is needed afterwards takes its time to load, and to begin with it earlier would make the program wait.
    const loading = import('./program/conclude.ts')
    loading.catch(() => {})
    end = await ended
    const { signal } = end
    own = await loading
      .then(({ conclude }) => conclude({ ...given, root, orders, signal, folder: folder?.path, obstacle }))
      .catch((error) => {
        // The program has ended as it has.
        sayError(error)
        return 1
      })
    if (folder && code) keepCode(folder.path, code)
    if (folder) lacking = uncompiledFiles(folder.path)
  } finally {
    folder?.remove()
  }
  if (end.signal) process.kill(process.pid, end.signal)
  else process.exitCode = end.status === 0 ? own : end.status
  return lacking
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
