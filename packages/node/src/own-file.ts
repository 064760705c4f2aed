import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * URL of one of our built files: by our name, as whoever starts programs may have us in a bundle of its own.
 *
 * @param name of the file in `dist`
 */
function ownFile(name: string): string {
  // `import.meta.resolve` is not there where Vitest has loaded who asks.
  index ??= createRequire(import.meta.url).resolve('@tstrace/node')
  return new URL(name, pathToFileURL(index)).href
}

/** Absolute path of one of them; to find it takes a millisecond. */
let index: string | undefined

/** Absolute paths of what `compiled-code` loads in a program that is traced. */
export function guestFiles(): string[] {
  return ['guest.cjs', 'parser.cjs', 'raw-trees.cjs'].map((name) => fileURLToPath(ownFile(name)))
}

/** URL of the hooks for a Node that runs them in a thread of their own. */
export function hooksUrl(): string {
  return ownFile('module-hooks.js')
}

/** URL of the file that a process in which tests run loads where it loads its modules by itself. */
export function nativeUrl(): string {
  return ownFile('native.cjs')
}

/** URL of the file that a process in which tests run loads where what these start is to be traced, or was not. */
export function startsUrl(): string {
  return ownFile('starts.cjs')
}

/** URL of the file that Node has to require in a program that is traced. */
export function preloadUrl(): string {
  return ownFile('preload.cjs')
}
