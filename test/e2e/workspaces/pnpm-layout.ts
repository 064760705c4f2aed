import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PACKAGES, REPOSITORY } from '../install.ts'

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const PACKED: readonly string[] = ['bin', 'dist', 'package.json']

/**
 * Installs what would be packed as pnpm lays it out: each package in a folder of its own with nothing beside it but what it says
 * that it needs, as links; the project sees `tstrace` alone.
 *
 * @param folder of the project: in no folder with packages
 * @param runner name and absolute folder of the runner
 */
export function installAsPnpm(
  folder: string,
  runner: { readonly name: string; readonly folder: string },
): void {
  const store = (name: string): string =>
    join(folder, 'node_modules/.pnpm', `${name.replace('/', '+')}@0.1.0`, 'node_modules')
  for (const [from, name] of Object.entries(PACKAGES)) {
    for (const part of readdirSync(join(REPOSITORY, from)).filter((one) => PACKED.includes(one)))
      cpSync(join(REPOSITORY, from, part), join(store(name), name, part), { recursive: true })
  }
  for (const [from, name] of Object.entries(PACKAGES)) {
    const { dependencies, peerDependencies }: Manifest = JSON.parse(
      readFileSync(join(REPOSITORY, from, 'package.json'), 'utf8'),
    )
    const { resolve } = createRequire(join(REPOSITORY, from, 'package.json'))
    for (const needed of Object.keys({ ...dependencies, ...peerDependencies })) {
      const own = Object.values(PACKAGES).includes(needed) ? join(store(needed), needed) : undefined
      const target = needed === runner.name ? runner.folder : (own ?? folderOf(resolve, needed))
      if (target !== undefined) link(target, join(store(name), needed))
    }
  }
  link(join(store('tstrace'), 'tstrace'), join(folder, 'node_modules/tstrace'))
  link(runner.folder, join(folder, 'node_modules', runner.name))
}

function folderOf(resolve: NodeJS.RequireResolve, name: string): string | undefined {
  const paths = resolve.paths(name) ?? []
  return paths.map((path) => join(path, name)).find((path) => isFolder(path))
}

function isFolder(path: string): boolean {
  try {
    readFileSync(join(path, 'package.json'))
    return true
  } catch {
    return false
  }
}

export function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path, 'junction')
}
