import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { OutputOptions, Plugin, RolldownOptions } from 'rolldown'
import { bundleLicenses } from './bundle-licenses.ts'
import { compiledEntries } from './compiled-entries.ts'

const PACKAGES = resolve(import.meta.dirname, '../packages')

/** The parser and the compiler come with files for each platform, what looks for files is rarely needed, and runners are the user's. */
const NEVER_BUNDLED = /^(?:oxc-parser|oxc-transform|tinyglobby|vitest|jest)$/

/** Packages of ours, too. */
const EXTERNAL = /^(?:@tstrace\/.*|oxc-parser|oxc-transform|tinyglobby|vitest|jest)$/

/**
 * What the same entries need is in one file. No file is put to another, small as it may be: files that import each other would
 * be evaluated in a wrong order.
 */
const OUTPUT: OutputOptions = {
  format: 'esm',
  chunkFileNames: ({ isDynamicEntry }) => (isDynamicEntry ? '[name].js' : 'shared.js'),
  minifyInternalExports: false,
}

/** The same for what `compiled-code` loads, which loads CommonJS. */
const COMPILED: OutputOptions = {
  ...OUTPUT,
  format: 'cjs',
  exports: 'named',
  entryFileNames: '[name].cjs',
  chunkFileNames: ({ isDynamicEntry }) => (isDynamicEntry ? '[name].cjs' : 'shared.cjs'),
}

/** Names of files, and their sources. */
type Entries = Readonly<Record<string, string>>

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
export function bundlePackage(entries: Entries = {}): RolldownOptions {
  return {
    input: { ...exportedEntries(), ...entries },
    platform: 'node',
    external: EXTERNAL,
    plugins: [evaluatedAtBuild(), bundleLicenses()],
    output: { ...OUTPUT, dir: 'dist', cleanDir: true },
  }
}

/**
 * As `bundlePackage`, with all that is needed of other packages of ours in it, as most of a start is finding what is in them,
 * and loaded by `compiled-code`, which has to be in `dist`.
 */
export function bundleWithPackages(entries: Entries, { external, without }: WithPackages): RolldownOptions {
  const options = bundlePackage(entries)
  const input = Object.entries(options.input as Entries).filter(([name]) => !without.includes(name))
  return {
    ...options,
    input: Object.fromEntries(input),
    external: [...external, NEVER_BUNDLED],
    plugins: [fromSources(), options.plugins, compiledEntries('./compiled-code.js')],
    output: { ...COMPILED, dir: 'dist', cleanDir: true },
  }
}

interface WithPackages {
  readonly external: readonly string[]
  /** Entries of its `exports` that are no part of it: whoever loads them evaluates them. */
  readonly without: readonly string[]
}

interface Program {
  /**
   * Each some modules that are in one file with everything that they import: to find thirty files takes longer than to read what
   * is not needed. The first is written without what only the others have.
   */
  readonly together: readonly (readonly string[])[]
  /** Modules that have bundles of their own, as the program imports them, and where these are from `dir`. Default: none. */
  readonly elsewhere?: Readonly<Record<string, string>>
  /** From `dir` to the built `compiled-code`, where something else than another bundle loads the program. */
  readonly loader?: string
}

/** A program with all that it needs of ours, in a folder: for a process in which nothing else of ours is loaded. */
export function bundleProgram(
  source: string,
  dir: string,
  { elsewhere = {}, loader, together }: Program,
): RolldownOptions {
  const groups = together.map((files, at) => {
    const ids: ReadonlySet<string> = new Set(files.map((file) => resolve(file)))
    return { name: `shared${at}`, priority: together.length - at, test: (id: string) => ids.has(id) }
  })
  return {
    input: source,
    platform: 'node',
    external: NEVER_BUNDLED,
    plugins: [
      inOtherBundles(elsewhere),
      fromSources(),
      evaluatedAtBuild(),
      bundleLicenses(),
      compiledEntries(loader),
    ],
    output: {
      ...COMPILED,
      dir,
      // Small files that are put to others make these import each other, and a class may be extended before it is there.
      strictExecutionOrder: true,
      codeSplitting: { groups },
    },
  }
}

function inOtherBundles(elsewhere: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'in-other-bundles',
    resolveId(id) {
      const place = elsewhere[id]
      return place === undefined ? undefined : { id: place, external: true }
    },
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

/** As `bundleAlone`, without the modules of which nothing is used: there is no process, and nothing of Node's. */
export function bundleForBrowsers(
  source: string,
  file: string,
  external: readonly string[],
): RolldownOptions {
  const options = bundleAlone(source, file, external)
  return { ...options, platform: 'browser', treeshake: { moduleSideEffects: false } }
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

function exportedEntries(): Entries {
  const { exports } = manifestIn('.')
  const names = Object.values(exports).map(({ default: file }) => file.replace(/^\.\/dist\/|\.js$/g, ''))
  return Object.fromEntries(names.map((name) => [name, `src/${name}.ts`]))
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}
