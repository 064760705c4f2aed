import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))

/** An error of the user's transformer as it would have read without us in between. */
export function withoutOwnFrames(error: unknown): unknown {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return error
  const lines = error.stack.split('\n')
  error.stack = lines.filter((line) => !(line.startsWith('    at ') && line.includes(FOLDER))).join('\n')
  return error
}
