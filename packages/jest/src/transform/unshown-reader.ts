import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** React Compiler: it leaves a component with counters alone, and no sign of itself. */
const UNSHOWN = /[\\/]babel-plugin-react-compiler[\\/]/

let isLoaded = false
let looked = 0

/**
 * Whether this process has loaded a compiler that reads how a source is written, and of which nothing shows in what became of a text
 * with counters.
 */
export function hasUnshownReader(): boolean {
  if (isLoaded) return true
  const paths = Object.keys(require.cache)
  // It was not among those that have been there.
  if (paths.length > looked) isLoaded = paths.slice(looked).some((path) => UNSHOWN.test(path))
  looked = paths.length
  return isLoaded
}
