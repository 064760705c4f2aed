/*
 * Imported in front of everything else where a user's import begins: an old Node has to load the rest, so that tstrace can
 * say why it does nothing there.
 */
import { createRequire } from 'node:module'
import { TstraceError } from '@tstrace/results/errors'

process.getBuiltinModule ??= createRequire(import.meta.url) as typeof process.getBuiltinModule

/**
 * Why a Node cannot be traced; undefined for those that can, and for later ones, which are tried.
 *
 * @param version that of this process unless given
 */
export function unsupportedNode(version: string = process.versions.node): TstraceError | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isKnown = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)
  if (isKnown) return loadsAddons() ? undefined : new TstraceError('TST_NODE', WITHOUT_ADDONS)
  const message = `Node.js ${version} is not supported: nothing is traced.`
  return new TstraceError('TST_NODE', `${message} tstrace works with Node.js 20.19, 22.12, and 24 or later.`)
}

/** What is said of a Node that was told to load no native addons. */
export const WITHOUT_ADDONS: string =
  'Node.js was told to load no native addons, and the parser of tstrace is one: nothing is traced. Leave `--no-addons` out, or ' +
  'give `--allow-addons` beside `--permission`.'

/** Whether native addons are loaded at all: there is none that has no name. */
export function loadsAddons(): boolean {
  try {
    process.dlopen({ exports: {} }, '')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ERR_DLOPEN_DISABLED'
  }
  return true
}
