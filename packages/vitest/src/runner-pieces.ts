/*
 * What Vite's module runner is given is the text of a module with a few edits: `import` and `export` are calls of the runner, and
 * what was imported is reached through it. Vite knows these edits, and says so in a map of every word and sign, which is most of
 * what it leaves to the garbage collector in a test run. Here they are read from the two texts.
 */

/** A stretch of the text for the runner. It ends where the next one begins. */
export interface RunnerPiece {
  /** Offset at which it begins. */
  readonly at: number
  /**
   * - `copied`: as it stood in the module.
   * - `replaced`: stands for what began at `from`.
   * - `added`: stands for nothing.
   */
  readonly kind: 'copied' | 'replaced' | 'added'
  /** Offset in the module. */
  readonly from: number
}

/**
 * What a call of something imported is replaced up to: Vite 8 goes on to the first argument, those before it do not. Only
 * the map tells.
 */
export type ReplacedCall = 'argument' | 'name'

/**
 * @param module the text of the module, as compilers print it
 * @param output what Vite has made of it for its runner
 * @returns the pieces of `output`; undefined where something in it is not known
 */
export function runnerPieces(
  module: string,
  output: string,
  call: ReplacedCall,
): readonly RunnerPiece[] | undefined {
  // A module that speaks of the runner, or is for Node to start, is left to Vite.
  if (module.includes('__vite_ssr_') || module.startsWith('#!')) return undefined
  return new Reader(module, output, call).pieces()
}

const NAME = String.raw`[\p{ID_Continue}$]+`
const TEXT = String.raw`"(?:[^"\\\n]|\\.)*"`
const EITHER_TEXT = String.raw`(?:${TEXT}|'(?:[^'\\\n]|\\.)*')`
const IMPORTED = String.raw`__vite_ssr_import_\d+__`

function sticky(pattern: string): RegExp {
  return new RegExp(pattern, 'uy')
}

const EXPORT_CALL = sticky(
  String.raw`__vite_ssr_exportName__\(${TEXT}, \(\) => \{ try \{ return [^\n]* \} catch \{\} \}\);\n`,
)
const EXPORT_ALL_CALL = sticky(String.raw`__vite_ssr_exportAll__\(${IMPORTED}\);\n`)
const IMPORT_CALL = sticky(
  String.raw`const ${IMPORTED} = await __vite_ssr_import__\(${TEXT}(?:, \{[^\n]*\})?\);\n`,
)
const BASE_CLASS = sticky(String.raw`const ${NAME} = ${IMPORTED}[^\n;]*;\n`)
const DEFAULT = sticky('const __vite_ssr_export_default__ =')
const BINDING = sticky(String.raw`${IMPORTED}(\.${NAME}|\[${TEXT}\])?`)
const WORD = sticky(NAME)
// Each can be read in one way only: what fails then fails at once.
const BLOCK_COMMENT = String.raw`/\*(?:[^*]|\*(?!/))*\*/`
const LINE_COMMENT = String.raw`//[^\n]*\n`
const LIST = String.raw`\{(?:${BLOCK_COMMENT}|${LINE_COMMENT}|${EITHER_TEXT}|[^}"'/])*\}`
const SOURCE = String.raw`${EITHER_TEXT}(?:\s*with\s*\{[^}]*\})?(?:\s*;)?`
const IMPORT = sticky(String.raw`import\b(?:${LIST}|[^{"'();])*${SOURCE}`)
const EXPORT_FROM = sticky(
  String.raw`export\s*(?:\*(?:\s*as\s+[^\s"']+|\s*as\s*${EITHER_TEXT})?|${LIST})\s*from\s*${SOURCE}`,
)
const EXPORT_LIST = sticky(String.raw`export\s*${LIST}(?:\s*;)?`)
const VARIABLE = sticky(String.raw`(?:export\s+)?(?:const|let|var)\b`)
/** What may stand in front of a first argument. */
const BLANKS = sticky(String.raw`(?:\s|${LINE_COMMENT}|${BLOCK_COMMENT})*`)

class Reader {
  readonly #module: string
  readonly #output: string
  readonly #call: ReplacedCall
  readonly #pieces: { at: number; kind: RunnerPiece['kind']; from: number }[] = []
  /** Calls that import, in order, of which what they stand for has not been reached. */
  readonly #imports: { from: number }[] = []
  /** Where both texts have been read to. */
  #from = 0
  #at = 0

  constructor(module: string, output: string, call: ReplacedCall) {
    this.#module = module
    this.#output = output
    this.#call = call
  }

  pieces(): readonly RunnerPiece[] | undefined {
    this.#readHead()
    const module = this.#module
    const output = this.#output
    while (this.#from < module.length || this.#at < output.length) {
      this.#copy()
      const isAtEnd = this.#from === module.length && this.#at === output.length
      if (!isAtEnd && !this.#readEdit()) return undefined
    }
    return this.#imports.length === 0 ? this.#pieces : undefined
  }

  /** Exports come first, then what is imported, wherever it stood. */
  #readHead(): void {
    for (;;) {
      const imported = this.#lengthOf(IMPORT_CALL)
      const length = imported || this.#lengthOf(EXPORT_CALL) || this.#lengthOf(EXPORT_ALL_CALL)
      if (length === 0) return
      this.#push(imported ? 'replaced' : 'added', length)
      if (imported) this.#imports.push(this.#pieces.at(-1) as { from: number })
    }
  }

  /** As far as the texts are the same, but no half words. */
  #copy(): void {
    const module = this.#module
    const output = this.#output
    const start = this.#from
    let from = start
    let at = this.#at
    for (; from < module.length && module.charCodeAt(from) === output.charCodeAt(at); at++) from++
    const isInWord = isPartOfWord(module, from) || isPartOfWord(output, at)
    if (isInWord) for (; from > start && isPartOfWord(module, from - 1); at--) from--
    if (from > start) this.#pieces.push({ at: this.#at, kind: 'copied', from: start })
    this.#from = from
    this.#at = at
  }

  #readEdit(): boolean {
    const base = this.#lengthOf(BASE_CLASS)
    if (base > 0 && !matchAt(VARIABLE, this.#module, this.#from)) return this.#push('added', base)
    return this.#readExport() || this.#readImport() || this.#readBinding() || this.#readSemicolon()
  }

  #readExport(): boolean {
    const module = this.#module
    const from = this.#from
    if (!module.startsWith('export', from)) return false
    const length = this.#lengthOf(DEFAULT)
    if (module.startsWith('export default', from)) {
      if (length > 0) this.#push('replaced', length)
      this.#from += length > 0 ? 'export default'.length : 'export default '.length
      return true
    }
    const reexport = matchAt(EXPORT_FROM, module, from)
    if (reexport) return this.#isImported(reexport[0].length)
    this.#from += matchAt(EXPORT_LIST, module, from)?.[0].length ?? 'export '.length
    return true
  }

  #readImport(): boolean {
    const module = this.#module
    const from = this.#from
    if (!module.startsWith('import', from)) return false
    for (const [now, before] of [
      ['__vite_ssr_import_meta__', 'import.meta'],
      ['__vite_ssr_dynamic_import__', 'import'],
    ] as const) {
      if (!this.#output.startsWith(now, this.#at) || !module.startsWith(before, from)) continue
      this.#push('replaced', now.length)
      this.#from += before.length
      return true
    }
    const found = matchAt(IMPORT, module, from)
    return found !== undefined && this.#isImported(found[0].length)
  }

  #isImported(length: number): boolean {
    const call = this.#imports.shift()
    if (call) call.from = this.#from
    this.#from += length
    return call !== undefined
  }

  /** What was imported, where it is called, used, or stands for a property too. */
  #readBinding(): boolean {
    const output = this.#output
    const isProperty = output.startsWith(': __vite_ssr_import_', this.#at)
    const isWrapped = output.startsWith('(0,__vite_ssr_import_', this.#at)
    const start = this.#at + (isProperty ? 2 : isWrapped ? 3 : 0)
    const [binding, property = ''] = matchAt(BINDING, output, start) ?? []
    if (binding === undefined) return false
    if (isProperty) return this.#push('added', 2 + binding.length)
    const word = matchAt(WORD, this.#module, this.#from)?.[0]
    if (word === undefined) return false
    const behind = this.#from + word.length
    if (isWrapped) return this.#readWrapped(binding.length, behind)
    const isOfModule = property !== '' && this.#module.startsWith(property, behind)
    const isTwice = isOfModule && output.startsWith(property, start + binding.length)
    this.#push('replaced', binding.length - (isOfModule && !isTwice ? property.length : 0))
    this.#from = behind
    return true
  }

  /** `(0,it)`; where it is called, this goes on to the first argument. */
  #readWrapped(length: number, behind: number): boolean {
    const module = this.#module
    if (module[behind] !== '(' || this.#call === 'name') {
      this.#push('added', 3)
      this.#push('replaced', length)
      this.#from = behind
      return this.#push('added', 1)
    }
    const blanks = matchAt(BLANKS, module, behind + 1)?.[0].length ?? 0
    // Only one of them is of an arrow function.
    if (module.startsWith('((', behind + 1 + blanks)) return false
    const open = 1 + blanks + (module[behind + 1 + blanks] === ')' ? 1 : 0)
    this.#push('replaced', 3 + length + 1 + open)
    this.#from = behind + open
    return true
  }

  /** Where the module has one too, Vite's comes first. */
  #readSemicolon(): boolean {
    if (this.#output[this.#at] !== ';') return false
    const first = this.#pieces.at(-1)
    while (first?.kind === 'copied' && this.#at > first.at + 1 && this.#module[this.#from - 1] === ';') {
      this.#from--
      this.#at--
    }
    return this.#push('added', 1)
  }

  #push(kind: RunnerPiece['kind'], length: number): true {
    this.#pieces.push({ at: this.#at, kind, from: this.#from })
    this.#at += length
    return true
  }

  #lengthOf(pattern: RegExp): number {
    return matchAt(pattern, this.#output, this.#at)?.[0].length ?? 0
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}

function isPartOfWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code > 127 || WORDS[code] === 1
}

const WORDS = new Uint8Array(128).map((_, code) => (/[\w$]/.test(String.fromCharCode(code)) ? 1 : 0))
