import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import semver from 'semver'
import { allWorkspaces, publishedPackages } from './workspaces.ts'

/** The version that all published packages have. */
export function sharedVersion(root: string): string {
  const versions = new Set(publishedPackages(root).map(({ manifest }) => manifest.version ?? 'none'))
  const [version = 'none', other] = versions
  if (other !== undefined) throw new Error(`Packages have several versions: ${[...versions].join(', ')}.`)
  return version
}

/** Gives all published packages a version, and all that depend on them. */
export function setVersion(root: string, version: string): void {
  const current = sharedVersion(root)
  if (semver.valid(version) !== version)
    throw new Error(`"${version}" is no version, such as 0.2.0 or 1.0.0-rc.1.`)
  // The first version is released under the number that it has had from the start.
  if (semver.lt(version, current))
    throw new Error(`${version} is older than ${current}, the version of the packages.`)
  const own = new Set(publishedPackages(root).map(({ manifest }) => manifest.name))
  for (const { folder, manifest } of allWorkspaces(root)) {
    if (own.has(manifest.name)) manifest.version = version
    for (const dependencies of [manifest.dependencies ?? {}, manifest.devDependencies ?? {}])
      for (const name of Object.keys(dependencies)) if (own.has(name)) dependencies[name] = version
    writeFileSync(join(root, folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  }
}
