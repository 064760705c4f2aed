import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What this folder reads and writes of a `package.json`. */
export interface Manifest {
  readonly name: string
  version?: string
  files?: readonly string[]
  readonly repository?: unknown
  readonly scripts?: Readonly<Record<string, string>>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

export interface Workspace {
  /** Path from the root. */
  readonly folder: string
  readonly manifest: Manifest
}

export function manifestAt(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/** The published packages, each behind those it depends on. */
export function publishedPackages(root: string): Workspace[] {
  const left = workspacesBelow(root, ['packages/*'])
  const names = new Set(left.map(({ manifest }) => manifest.name))
  const ordered: Workspace[] = []
  while (left.length > 0) {
    const next = left.findIndex(({ manifest }) =>
      Object.keys(manifest.dependencies ?? {}).every((name) => !names.has(name)),
    )
    const [workspace] = left.splice(next, 1)
    if (next < 0 || !workspace) throw new Error('Packages depend on each other in a circle.')
    names.delete(workspace.manifest.name)
    ordered.push(workspace)
  }
  return ordered
}

/** Every folder with a `package.json` of this repository, those outside of the workspaces as well. */
export function allWorkspaces(root: string): Workspace[] {
  return workspacesBelow(root, ['packages/*', 'test', 'test/bench', 'examples/*', 'examples/*/packages/*'])
}

function workspacesBelow(root: string, patterns: readonly string[]): Workspace[] {
  return globSync(
    patterns.map((pattern) => `${pattern}/package.json`),
    { cwd: root },
  )
    .sort()
    .map((path) => ({ folder: dirname(path), manifest: manifestAt(join(root, dirname(path))) }))
}
