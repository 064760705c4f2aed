import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What this file uses of a plugin's context and of what is written. */
interface Emitter {
  emitFile(asset: { type: 'asset'; fileName: string; source: string }): string
}
type Bundle = Readonly<Record<string, { readonly fileName: string; readonly moduleIds?: readonly string[] }>>

/** A package some of whose modules are in a bundle. */
interface BundledPackage {
  readonly name: string
  readonly version: string
  /** As `MIT`. */
  readonly license: string
  /** With the copyright lines. */
  readonly text: string
}

/** For Rolldown: each bundle with modules of others gets a file beside it, with their licences. */
export function bundleLicenses(): { name: string; generateBundle(_: unknown, bundle: Bundle): void } {
  return {
    name: 'bundle-licenses',
    generateBundle(this: unknown, _, bundle) {
      for (const { fileName, moduleIds = [] } of Object.values(bundle)) {
        const packages = packagesOf(moduleIds)
        if (packages.length === 0) continue
        const asset = {
          type: 'asset',
          fileName: licensesFile(fileName),
          source: licensesText(fileName, packages),
        } as const
        ;(this as Emitter).emitFile(asset)
      }
    },
  }
}

/** The name of the file with the licences of what is in a bundle. */
export function licensesFile(bundle: string): string {
  return `${bundle}.licenses.txt`
}

/**
 * The packages that modules are of, sorted by name; ours are in none.
 *
 * @throws Error for a package without a text of its licence
 */
function packagesOf(modules: readonly string[]): BundledPackage[] {
  const folders = modules.flatMap(packageFolder)
  return [...new Set(folders)].map(packageAt).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function packageFolder(module: string): string[] {
  const [, folder] = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(module) ?? []
  // What is linked there is ours.
  return folder === undefined ? [] : [folder]
}

function packageAt(folder: string): BundledPackage {
  const { license, name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(entry))
  if (typeof license !== 'string' || file === undefined)
    throw new Error(`${name} is bundled, and ${folder} has no text of its licence: it cannot travel with it.`)
  return { name, version, license, text: readFileSync(join(folder, file), 'utf8').trim() }
}

function licensesText(bundle: string, packages: readonly BundledPackage[]): string {
  const parts = packages.map(
    ({ license, name, text, version }) => `${name} ${version} (${license})\n\n${text}\n`,
  )
  return [`${bundle} has code of these packages in it.\n`, ...parts].join(`\n${'-'.repeat(80)}\n\n`)
}
