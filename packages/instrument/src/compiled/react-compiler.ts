import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** For Babel, and that of Vite's plugin. */
const OWN_FILES = /[\\/](?:babel-plugin-react-compiler|@?oxc-transform-react)[\\/]/

let isLoaded = false
let looked = 0

/**
 * Whether this process has loaded React Compiler. It leaves a component with counters alone, and no sign of itself: who asks what it
 * makes of a file has to show it the file as it is.
 */
export function hasLoadedReactCompiler(): boolean {
  if (isLoaded) return true
  const paths = Object.keys(require.cache)
  // It was not among those that have been there.
  if (paths.length > looked) isLoaded = paths.slice(looked).some((path) => OWN_FILES.test(path))
  looked = paths.length
  return isLoaded
}
