import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { npm } from './npm.ts'
import { sharedVersion } from './set-version.ts'
import { manifestAt, publishedPackages } from './workspaces.ts'

/** What this file reads of a package in a lock file. */
interface LockedPackage {
  readonly version: string
  readonly license?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly optional?: true
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** By the path that it is installed at. */
type LockedPackages = ReadonlyMap<string, LockedPackage>

/**
 * Everything that is installed with the published packages, with versions, hashes and licences: CycloneDX, as JSON. It is
 * what the lock file says, without the runners, which belong to those who install.
 */
export function billOfMaterials(root: string): string {
  const outer = mkdtempSync(join(tmpdir(), 'tstrace-sbom-'))
  try {
    const { name } = manifestAt(root)
    const version = sharedVersion(root)
    const own = publishedPackages(root).map(({ manifest }) => [manifest.name, version])
    // npm calls the whole by the name of its folder.
    const folder = join(outer, name)
    mkdirSync(folder)
    const write = (file: string, value: object): void =>
      writeFileSync(join(folder, file), JSON.stringify(value))
    const manifest = { name, version, dependencies: Object.fromEntries(own) }
    const { packages, ...lock } = publishedLock(root)
    write('package.json', manifest)
    write('package-lock.json', { name, version, ...lock, packages: { '': manifest, ...packages } })
    return npm(folder, [
      'sbom',
      '--sbom-format=cyclonedx',
      '--package-lock-only',
      '--omit=dev',
      '--omit=peer',
    ])
  } finally {
    rmSync(outer, { recursive: true, force: true })
  }
}

/**
 * The lock file of a project that needs nothing but the published packages. npm makes no list for the repository itself: it
 * asks for the version of whatever is in it, and most workspaces have none.
 */
function publishedLock(root: string): { lockfileVersion: number; packages: object } {
  const { lockfileVersion, packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const places = new Map(Object.entries(packages as Record<string, LockedPackage>))
  const own = publishedPackages(root).map(({ folder, manifest }) => ({
    folder,
    at: `node_modules/${manifest.name}`,
  }))
  for (const [path, entry] of [...places]) {
    const owner = own.find(({ folder }) => path === folder || path.startsWith(`${folder}/node_modules/`))
    if (owner) places.set(path.replace(owner.folder, owner.at), entry)
  }
  const reached = new Set<string>()
  for (const { at } of own) reach(at, places, reached)
  const needed = [...reached].sort().map((path) => [path, plain(places.get(path) as LockedPackage)])
  return { lockfileVersion, packages: Object.fromEntries(needed) }
}

/** Finds what a package needs, as Node looks for it. */
function reach(path: string, places: LockedPackages, reached: Set<string>): void {
  const entry = places.get(path)
  if (!entry || reached.has(path)) return
  reached.add(path)
  for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
    const found = lookups(path).find((folder) => places.has(`${folder}node_modules/${name}`))
    if (found !== undefined) reach(`${found}node_modules/${name}`, places, reached)
  }
}

/** `node_modules/a/node_modules/b` looks in itself, in `a`, and at the top. */
function lookups(path: string): string[] {
  const parts = path.split(/(?:^|\/)node_modules\//).slice(1)
  return [...parts.keys(), parts.length].toReversed().map((count) =>
    parts
      .slice(0, count)
      .map((part) => `node_modules/${part}/`)
      .join(''),
  )
}

/** Without what the lock says of who needs it in the repository. */
function plain(entry: LockedPackage): LockedPackage {
  const { dependencies, integrity, license, optional, optionalDependencies, resolved, version } = entry
  const fields = { version, resolved, integrity, license, optional, dependencies, optionalDependencies }
  return JSON.parse(JSON.stringify(fields))
}
