import { sentenceOf, TstraceError } from '@tstrace/results/errors'
import { cannotWrite, systemRefusal } from '@tstrace/results/files'
import { complaint } from '@tstrace/results/printable'

/** Those that do not depend on what the command does. */
const STATUSES: Readonly<Record<string, number>> = { TST_COUNTS_UNSOUND: 1, TST_GATE: 2, TST_LABEL: 2 }

/** What Python's `trace` says word for word, without a code. */
const PYTHONS: ReadonlySet<string> = new Set(['TST_NO_MODULE', 'TST_NO_PROGRAM'])

/**
 * Does what the command is for; what is thrown is said, and makes the command fail.
 *
 * @param status of a command that fails with an error of ours
 */
export async function attempt(status: number, action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    sayError(error)
    process.exitCode = error instanceof TstraceError ? (STATUSES[error.code] ?? status) : 1
  }
}

/** What cannot be written is no error that ends the command; it is said where that makes sense. */
export function watchOutput(): void {
  process.stderr.on('error', () => {})
  process.stdout.on('error', () => {}).once('error', sayLost)
}

/** Whoever reads the report may have gone, which is no error; a disk may be full where it goes. */
function sayLost(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return
  process.stderr.write(`${complaint(sentenceOf(cannotWrite('standard output', error)))}\n`)
  process.once('exit', () => {
    process.exitCode ||= 1
  })
}

export function sayError(error: unknown): void {
  process.stderr.write(`${complaint(saidOf(error))}\n`)
}

/** Of what is no error of ours it has to be known where it comes from. */
function saidOf(thrown: unknown): string {
  const error = systemRefusal(thrown) ?? thrown
  if (error instanceof TstraceError) return PYTHONS.has(error.code) ? error.message : sentenceOf(error)
  return error instanceof Error ? (error.stack ?? error.message) : sentenceOf(error)
}
