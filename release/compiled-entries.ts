import type { Plugin } from 'rolldown'

/** Of what is put into a bundle's folder, what is used here. */
interface Chunk {
  readonly type: string
  readonly name: string
  readonly isEntry: boolean
  readonly exports: readonly string[]
  readonly fileName: string
  code: string
}

/** What loads the files of a bundle, as all of them name it. */
const LOADER = './compiled-code.js'

/** Where it is, as modules of ours name it. */
const LOADER_MODULE = /[\\/]compiled-code\.ts$/

/** It is in none of the files that it loads. */
const LOADER_OUTSIDE = {
  filter: { id: LOADER_MODULE },
  handler: () => ({ id: LOADER, external: true }),
}

/**
 * For Rolldown: the files of a bundle are CommonJS and loaded by `compiled-code`, which gives V8 what it has made of them
 * before. Whoever imports an entry gets a module that does that, beside it.
 *
 * @param loader from an entry to the built `compiled-code`. Default: nobody imports one
 */
export function compiledEntries(loader?: string): Plugin {
  return {
    name: 'compiled-entries',
    resolveId: LOADER_OUTSIDE,
    renderChunk(code) {
      return withImportModule(code, this.parse(code))
    },
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle) as unknown as Chunk[]) {
        if (chunk.type !== 'chunk') continue
        chunk.code = asFunction(chunk.code)
        if (!chunk.isEntry || loader === undefined) continue
        this.emitFile({ type: 'asset', fileName: `${chunk.name}.js`, source: entryOf(chunk, loader) })
      }
    },
  }
}

/** For Rolldown: a file that `compiled-code` loads by its name. */
export function compiledFile(): Plugin {
  return {
    name: 'compiled-file',
    resolveId: LOADER_OUTSIDE,
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle) as unknown as Chunk[])
        if (chunk.type === 'chunk') chunk.code = asFunction(chunk.code)
    },
  }
}

/**
 * A text as `compiled-code` takes it: a function, and each character in one byte, so that nothing has to be decoded or put
 * together.
 */
function asFunction(code: string): string {
  const text = `(function (exports, require, module, __filename, __dirname, __importOutside) { 'use strict';\n${code}\n})\n`
  return text.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function entryOf({ exports, fileName }: Chunk, loader: string): string {
  const names = exports.map((name) =>
    name === 'default' ? 'export default entry.default\n' : `export const ${name} = entry.${name}\n`,
  )
  return (
    `import { loadCompiled } from '${loader}'\n` +
    `const file = new URL('./${fileName}', import.meta.url)\n` +
    'const entry = loadCompiled(file, (specifier) => import(/* @vite-ignore */ specifier))\n' +
    names.join('')
  )
}

interface Node {
  readonly type: string
  readonly start: number
}

/** A script of `node:vm` cannot import: what it imports goes through what it is given for that, by a name that nobody else has. */
function withImportModule(code: string, program: unknown): string {
  const starts: number[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ((value as Node).type === 'ImportExpression') starts.push((value as Node).start)
    for (const child of Object.values(value)) visit(child)
  }
  visit(program)
  let text = code
  for (const start of starts.sort((a, b) => b - a))
    text = `${text.slice(0, start)}__importOutside${text.slice(start + 'import'.length)}`
  return text
}
