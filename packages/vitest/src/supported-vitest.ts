import { createRequire } from 'node:module'
import { join } from 'node:path'
import { TstraceError } from '@tstrace/results/errors'

/** Why a Vitest cannot be traced; undefined for those that can, and for later ones, which are tried. */
export function unsupportedVitest(version: string | undefined): TstraceError | undefined {
  if (version === undefined) return undefined
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 3 || (major === 3 && minor >= 2)) return undefined
  const message = `Vitest ${version} is not supported: the tests run untraced.`
  return new TstraceError('TST_RUNNER', `${message} tstrace works with Vitest 3.2, 4 and 5.`)
}

/** Version of the Vitest that a project has, for those that cannot be asked yet; undefined where it is not found. */
export function installedVersion(root: string = process.cwd()): string | undefined {
  try {
    const manifest: { version: string } = createRequire(join(root, 'x'))('vitest/package.json')
    return manifest.version
  } catch {
    return undefined
  }
}
