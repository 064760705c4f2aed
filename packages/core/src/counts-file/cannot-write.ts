import { TstraceError } from '../errors.ts'

/** What is thrown when the operating system refuses to write a file. */
export function cannotWrite(file: string, error: unknown): TstraceError {
  const { code, message } = error as NodeJS.ErrnoException
  const advice = 'Make the folder writable, or choose another one.'
  return new TstraceError('TST_CANNOT_WRITE', `Cannot write ${file}: ${code ?? message}. ${advice}`, {
    cause: error,
  })
}
