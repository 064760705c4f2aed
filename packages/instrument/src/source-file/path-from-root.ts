import type { PlatformPath } from 'node:path'

/** The rules for paths here. From the process itself: this runs beside tests too, which mock modules. */
const here: PlatformPath = process.getBuiltinModule('node:path')

/**
 * The name of a source in all results: its path from the root, with `/`. It begins with `../` when the source lies outside,
 * also on another drive, as if all drives were in one folder: from `C:\shop` it is `../../D:/x.ts`. What is on another
 * network share has no path from the root and stays absolute, with `/`.
 *
 * @param root absolute
 * @param path absolute
 * @param style the rules for paths: those of this platform unless given
 */
export function pathFromRoot(root: string, path: string, style: PlatformPath = here): string {
  const start = rootOf(path, style)
  if (start === rootOf(root, style)) return slashed(style.relative(root, path), style)
  const place = slashed(style.resolve(path), style)
  if (!isDrive(start)) return place
  const depth = slashed(style.resolve(root), style).split('/').filter(Boolean).length
  return '../'.repeat(depth) + place.slice(0, 1).toUpperCase() + place.slice(1)
}

/**
 * Leads from the name of a source back to it.
 *
 * @param root absolute
 * @param name as `pathFromRoot` gives it
 * @param style the rules for paths: those of this platform unless given
 * @returns an absolute path; below or beside the root, whatever a name from elsewhere looks like, or on another drive
 */
export function absolutePath(root: string, name: string, style: PlatformPath = here): string {
  const [, place = ''] = /^(?:\.\.\/)+([A-Za-z]:\/.*)$/s.exec(name) ?? []
  if (place !== '' && style.isAbsolute(place)) return style.normalize(place)
  return style.resolve(root, `./${name}`)
}

/** Whether a path from a folder leads out of it. */
export function leadsOut(fromFolder: string): boolean {
  return fromFolder === '..' || /^(\.\.)?\//.test(fromFolder)
}

/**
 * Whether a file or folder lies in a folder, or anywhere below it. Parameters as for `pathFromRoot`.
 */
export function isBelow(folder: string, path: string, style: PlatformPath = here): boolean {
  const fromFolder = pathFromRoot(folder, path, style)
  return fromFolder !== '' && !leadsOut(fromFolder)
}

/** What two places have to share so that a path leads from one to the other: a drive, or a share. */
function rootOf(path: string, style: PlatformPath): string {
  return style.parse(style.resolve(path)).root.toLowerCase()
}

function isDrive(root: string): boolean {
  return /^[a-z]:\\$/.test(root)
}

function slashed(path: string, style: PlatformPath): string {
  return path.replaceAll(style.sep, '/')
}
