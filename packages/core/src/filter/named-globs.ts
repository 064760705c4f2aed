import { existsSync, realpathSync } from 'node:fs'
import platform, { type PlatformPath } from 'node:path'
import { pathFromRoot } from '@tstrace/instrument/source-file'
import picomatch from 'picomatch'

/** A glob from the project root, in two. */
export interface DividedGlob {
  /** The folders in front of its first wildcard, from the root; all of it where it has none. */
  readonly fixed: string
  /** What is behind that; empty where there is no wildcard. */
  readonly rest: string
}

/** @param glob as somebody has written it */
export function dividedGlob(glob: string): DividedGlob {
  const { base, glob: rest, negated } = picomatch.scan(withoutDot(glob), { unescape: true })
  return negated ? { fixed: '', rest: withoutDot(glob) } : { fixed: base.replace(/\/+$/, ''), rest }
}

/**
 * The globs that a path from the root is matched against for one that somebody has written: that one, and, where its fixed part
 * leads through links, the same from where that lies, since sources are known by where they lie.
 *
 * @param root absolute path of the project root, links resolved
 * @param style the rules for paths: those of this platform unless given
 */
export function namedGlobs(root: string, glob: string, style: PlatformPath = platform): readonly string[] {
  const given = withoutDot(glob)
  const { fixed, rest } = dividedGlob(glob)
  if (/^[./]*$/.test(fixed)) return [given]
  const named = style.join(root, fixed)
  const place = placeOfNearest(named, root, style)
  if (place === named) return [given]
  const from = escaped(pathFromRoot(root, place, style))
  return [given, [from, rest].filter(Boolean).join('/')]
}

/** Where a file or folder lies; undefined where there is none. */
export function placeOf(path: string): string | undefined {
  // Most that is asked for in vain is not there, and an error takes longer than the answer.
  if (!existsSync(path)) return undefined
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** Where a file or folder lies, or will lie when it is there. */
function placeOfNearest(path: string, root: string, style: PlatformPath): string {
  const above = style.dirname(path)
  if (path === root || above === path) return path
  return placeOf(path) ?? style.join(placeOfNearest(above, root, style), style.basename(path))
}

function withoutDot(glob: string): string {
  return glob.replace(/^\.\//, '')
}

/** A path as a glob for it alone. */
function escaped(path: string): string {
  return path.replace(/[\\*?|()[\]{}]|^!/g, '\\$&')
}
