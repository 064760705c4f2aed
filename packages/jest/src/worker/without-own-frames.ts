import { fileURLToPath } from 'node:url'

const FOLDER = new URL('.', import.meta.url)

/**
 * An error of the user's transformer as it would have read without us in between.
 *
 * @param folder where our code stands
 */
export function withoutOwnFrames(error: unknown, folder: URL = FOLDER): unknown {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return error
  const lines = error.stack.split('\n')
  // Frames of modules show URLs, in which a path may read otherwise.
  const places = [folder.href, fileURLToPath(folder)]
  const isOwn = (line: string): boolean => places.some((place) => line.includes(place))
  const others = lines.filter((line) => !(line.startsWith('    at ') && isOwn(line)))
  // Some errors have a stack that cannot be changed.
  if (others.length < lines.length) Reflect.set(error, 'stack', others.join('\n'))
  return error
}
