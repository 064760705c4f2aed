import { posix } from 'node:path'

/** What a file that was changed means for test files, if it is neither a source that was recorded nor a test file. */
export type Meaning =
  | { readonly kind: 'snapshot'; readonly testFile: string }
  /** Nobody knows which test files it concerns; `why` goes on behind its path. */
  | { readonly kind: 'unknown'; readonly why: string }

const DEPENDENCIES =
  /^(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|pnpm-workspace\.yaml|bun\.lockb?|deno\.lock|\.npmrc|\.yarnrc\.yml|\.pnp\.[cm]?js)$/
const CONFIGURATION =
  /^(?:(?:vite|vitest|jest|tstrace|babel|postcss|tailwind|svelte|astro)\.(?:config|workspace|projects|setup)\b.*|tsconfig.*\.json|\.babelrc.*|\.swcrc|\.nvmrc|\.node-version|\.browserslistrc)$/

/**
 * What is known of a file by its name.
 *
 * @param path from the root, with `/`
 */
export function meaningOf(path: string): Meaning {
  const name = posix.basename(path)
  const folder = posix.dirname(path)
  if (posix.basename(folder) === '__snapshots__' && name.endsWith('.snap'))
    return { kind: 'snapshot', testFile: posix.join(posix.dirname(folder), name.slice(0, -'.snap'.length)) }
  return { kind: 'unknown', why: whyOf(path, name) }
}

function whyOf(path: string, name: string): string {
  if (DEPENDENCIES.test(name)) return 'says what the project depends on'
  if (CONFIGURATION.test(name)) return 'configures what runs'
  if (/^\.env(?:\.|$)/.test(name)) return 'is the environment of the tests'
  if (/(?:^|\/)__mocks__\//.test(path)) return 'may stand for a module in any test'
  return 'is in no recording: nobody knows which tests use it'
}
