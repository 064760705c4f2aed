import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { OutputOptions, Plugin, RolldownOptions } from 'rolldown'
import { bundleLicenses } from './bundle-licenses.ts'

const PACKAGES = resolve(import.meta.dirname, '../packages')

/** The parser and the compiler come with files for each platform, and what looks for files is rarely needed. */
const NEVER_BUNDLED = /^(?:oxc-parser|oxc-transform|tinyglobby)$/

/** Ours stay packages of their own, and runners are the user's. */
const EXTERNAL = /^(?:@tstrace\/.*|oxc-parser|oxc-transform|tinyglobby|vitest|jest)$/

/**
 * Files, each of which costs more to find than what is in it costs to read: of what several entries need, that which the same
 * ones need is in one file, and small ones are put to others.
 */
const OUTPUT: OutputOptions = {
  format: 'esm',
  chunkFileNames: ({ isDynamicEntry }) => (isDynamicEntry ? '[name].js' : 'shared.js'),
  minifyInternalExports: false,
  codeSplitting: {
    groups: [{ name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 30_000 }],
  },
}

interface Manifest {
  readonly exports: Readonly<Record<string, { readonly default: string }>>
}

/**
 * The modules of the package in the current folder, as few files in `dist`: one for each entry of its `exports`, one for each
 * that is given, and beside these what several of them share, so that no module is there twice. All are in `dist` itself: what
 * looks for a file of its package looks beside itself.
 *
 * @param entries further ones: names of files in `dist`, and their sources
 */
export function bundlePackage(entries: Readonly<Record<string, string>> = {}): RolldownOptions {
  const { exports } = manifestIn('.')
  const exported = Object.values(exports).map(({ default: file }) => {
    const name = file.replace(/^\.\/dist\/|\.js$/g, '')
    return [name, `src/${name}.ts`] as const
  })
  return {
    input: { ...Object.fromEntries(exported), ...entries },
    platform: 'node',
    external: EXTERNAL,
    plugins: [evaluatedAtBuild(), bundleLicenses()],
    output: { ...OUTPUT, dir: 'dist', cleanDir: true },
  }
}

/** A program with all that it needs of ours in it, in a folder: for a process in which nothing else of ours is loaded. */
export function bundleWhole(source: string, dir: string): RolldownOptions {
  return {
    input: source,
    platform: 'node',
    external: NEVER_BUNDLED,
    plugins: [fromSources(), evaluatedAtBuild(), bundleLicenses()],
    output: { ...OUTPUT, dir },
  }
}

/** A file that stands alone, with all that it needs of ours in it: where nothing may be shared with the program around. */
export function bundleAlone(source: string, file: string, external: readonly string[] = []): RolldownOptions {
  return {
    input: source,
    platform: 'node',
    external: [...external],
    plugins: [fromSources(), evaluatedAtBuild(), bundleLicenses()],
    output: { file, format: file.endsWith('.cjs') ? 'cjs' : 'esm' },
  }
}

/** Takes packages of ours from their sources, of which less is left over than of what was bundled already. */
export function fromSources(): Plugin {
  return {
    name: 'from-sources',
    resolveId: {
      filter: { id: /^@tstrace\// },
      handler(id) {
        const [, folder = '', entry = ''] = /^@tstrace\/([^/]+)(.*)$/.exec(id) ?? []
        const { exports } = manifestIn(join(PACKAGES, folder))
        const { default: file = '' } = exports[`.${entry}`] ?? {}
        return join(PACKAGES, folder, file.replace('./dist/', 'src/').replace(/\.js$/, '.ts'))
      },
    },
  }
}

/** Modules whose names end in `.build.ts` are evaluated now: in the bundle stand the values of what they export. */
function evaluatedAtBuild(): Plugin {
  return {
    name: 'evaluated-at-build',
    load: {
      filter: { id: /\.build\.ts$/ },
      async handler(id) {
        const values: object = await import(pathToFileURL(id).href)
        return Object.entries(values)
          .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}\n`)
          .join('')
      },
    },
  }
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}
