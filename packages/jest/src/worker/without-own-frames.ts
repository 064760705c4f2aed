import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('..', import.meta.url))

/** An error of the user's transformer as it would have read without us in between. */
export function withoutOwnFrames(error: unknown): unknown {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return error
  const lines = error.stack.split('\n')
  const others = lines.filter((line) => !(line.startsWith('    at ') && line.includes(FOLDER)))
  // Some errors have a stack that cannot be changed.
  if (others.length < lines.length) Reflect.set(error, 'stack', others.join('\n'))
  return error
}
