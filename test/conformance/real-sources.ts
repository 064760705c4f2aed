import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A source file as somebody else wrote it. */
export interface RealSource {
  readonly file: string
  readonly source: string
}

const require = createRequire(import.meta.url)

/** The folder of an installed package. */
export function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`))
}

/** All files of an installed package below a folder that end in one of the extensions. */
export function filesOf(name: string, below: string, extensions: RegExp): RealSource[] {
  const root = join(packageFolder(name), below)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => extensions.test(file) && !/\.d\.[cm]?ts$|(^|\/)(tests?|locales)\//.test(file))
    .sort()
    .map((file) => ({ file: join(name, below, file), source: readFileSync(join(root, file), 'utf8') }))
}

/** The sources of our own engine, TypeScript. */
export function ownSources(): RealSource[] {
  const packages = fileURLToPath(new URL('../../packages', import.meta.url))
  return ['results', 'instrument', 'core'].flatMap((name) => {
    const root = join(packages, name, 'src')
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .sort()
      .map((file) => ({ file: join(name, file), source: readFileSync(join(root, file), 'utf8') }))
  })
}
