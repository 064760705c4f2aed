import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { billOfMaterials } from './bill-of-materials.ts'
import { npm } from './npm.ts'
import { type Manifest, manifestAt, publishedPackages } from './workspaces.ts'

/** The file with what is installed with the packages: `cdx.json` is how CycloneDX is known. */
const BILL = 'sbom.cdx.json'

/** A package as it will be installed. */
export interface Packed {
  readonly name: string
  /** Path of the archive. */
  readonly archive: string
  readonly bytes: number
  /** Paths of what is in it. */
  readonly files: readonly string[]
}

/**
 * Packs all published packages into `release/packed/`, each checked by its own `lint` script, in the order in which they
 * can be published. Their manifests get what the `repository` of the root says; the last one has the list of all that is
 * installed with them.
 */
export function packPackages(root: string): Packed[] {
  const out = join(root, 'release/packed')
  rmSync(out, { recursive: true, force: true })
  const published = repositoryFields(root)
  const bill = billOfMaterials(root)
  const packages = publishedPackages(root)
  return packages.map(({ folder, manifest }) => {
    const place = join(out, folder)
    mkdirSync(place, { recursive: true })
    for (const part of ['README.md', 'LICENSE', ...(manifest.files ?? [])])
      if (existsSync(join(root, folder, part)))
        cpSync(join(root, folder, part), join(place, part), { recursive: true })
    const complete = { ...manifest, ...published(folder) }
    // It travels with the package that brings all others.
    if (manifest === packages.at(-1)?.manifest) {
      writeFileSync(join(place, BILL), bill)
      complete.files = [...(manifest.files ?? []), BILL]
    }
    writeFileSync(join(place, 'package.json'), `${JSON.stringify(complete, null, 2)}\n`)
    if (manifest.scripts?.lint) npm(place, ['run', '--silent', 'lint'])
    const packed = pack(place, out, manifest.name)
    rmSync(place, { recursive: true })
    return packed
  })
}

function pack(place: string, out: string, name: string): Packed {
  const [packed] = JSON.parse(npm(place, ['pack', '--json', '--ignore-scripts', `--pack-destination=${out}`]))
  const { filename, files, size }: { filename: string; files: { path: string }[]; size: number } = packed
  return { name, archive: join(out, filename), bytes: size, files: files.map(({ path }) => path) }
}

/** What a published manifest says of where it comes from, and how it is published. */
function repositoryFields(root: string): (folder: string) => object {
  const url = repositoryOf(manifestAt(root))
  const publishConfig = { access: 'public', provenance: true }
  if (url === undefined) return () => ({ publishConfig })
  return (directory) => ({
    repository: { type: 'git', url: `git+${url}.git`, directory },
    homepage: `${url}#readme`,
    bugs: `${url}/issues`,
    publishConfig,
  })
}

/** The address in the root's `package.json`: the one place where it is written; undefined while there is none. */
export function repositoryOf({ repository }: Manifest): string | undefined {
  if (repository === undefined || repository === '') return undefined
  if (typeof repository === 'string' && /^https:\/\/[^/]+\/[^/]+\/[^/]+(?<!\.git|\/)$/.test(repository))
    return repository
  const said = JSON.stringify(repository)
  throw new Error(`"repository" in package.json is ${said}; it has to be as "https://github.com/owner/name".`)
}
