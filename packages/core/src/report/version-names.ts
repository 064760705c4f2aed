import type { ReportName } from './names.ts'
import { fittingPlace, folded } from './place-inside.ts'

/** A source version to be named. */
export interface NamedVersion {
  readonly path: string
  readonly hash: string
  readonly hasText: boolean
}

/**
 * Names for source versions, one each, in their order. The version that is there now, or the only one, has
 * the plain name of its file; other versions of the same file have the start of their hash in it
 * (`src.recurse@0f3a9c1d`, `src/recurse@0f3a9c1d.cover`), the whole hash where the start is not enough.
 *
 * @param names the plain names, `namesOf(results)`.
 */
export function versionNames(
  versions: readonly NamedVersion[],
  names: ReadonlyMap<string, ReportName>,
): ReportName[] {
  const taken = new Set([...names.values()].flatMap(keysOf))
  const plainOnes = new Set([...groupByPath(versions).values()].map(plainVersion))
  return versions.map((version) => {
    const plain = names.get(version.path) as ReportName
    if (plainOnes.has(version)) return plain
    const name = firstFree(plain, version.hash, taken)
    for (const key of keysOf(name)) taken.add(key)
    return name
  })
}

export function groupByPath<Version extends { readonly path: string }>(
  versions: readonly Version[],
): Map<string, Version[]> {
  const groups = new Map<string, Version[]>()
  for (const version of versions) {
    const group = groups.get(version.path)
    if (group) group.push(version)
    else groups.set(version.path, [version])
  }
  return groups
}

/** Of the versions of one file, the one that keeps the plain name. */
function plainVersion(versions: readonly NamedVersion[]): NamedVersion | undefined {
  return versions.length === 1 ? versions[0] : versions.find(({ hasText }) => hasText)
}

function firstFree(plain: ReportName, hash: string, taken: ReadonlySet<string>): ReportName {
  let name = tagged(plain, hash.slice(0, 8))
  for (let n = 1; keysOf(name).some((key) => taken.has(key)); n++) {
    name = tagged(plain, n === 1 ? hash : `${hash}~${n}`)
  }
  return name
}

function tagged({ module, coverFile }: ReportName, tag: string): ReportName {
  const place = coverFile.slice(0, -'.cover'.length)
  return { module: `${module}@${tag}`, coverFile: fittingPlace(`${place}@${tag}`, '.cover') }
}

/** Two names may share none of these. */
function keysOf({ module, coverFile }: ReportName): string[] {
  return [`module ${module}`, `file ${folded(coverFile)}`]
}
