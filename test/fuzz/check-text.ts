import { isDeepStrictEqual } from 'node:util'
import * as vm from 'node:vm'
import { type Instrumented, type InstrumentOptions, instrument } from '@tstrace/instrument'
import { initSync, parse as lex } from 'cjs-module-lexer'
import { parseSync, rawTransferSupported } from 'oxc-parser'

initSync()

/** The kinds of code that tstrace emits. */
export const WAYS: Readonly<Record<string, Partial<InstrumentOptions>>> = {
  counts: {},
  branches: { branches: true },
  calls: { calls: true },
  live: { live: true },
  'calls beside coverage': { calls: true, branches: true },
}

/** A text to be held against what is made of it. */
export interface Text {
  readonly file: string
  readonly source: string
  /** How it is run. */
  readonly kind: 'module' | 'script'
}

/** What is made of a text. */
export type Made = Pick<Instrumented, 'code' | 'insertions' | 'names'>

/**
 * Instruments a text in every way there is and says what is wrong with what comes out: one sentence each.
 *
 * @returns no sentence where all is well, be it because the text cannot be parsed and runs as it is
 */
export function checkText(text: Text): string[] {
  const problems: string[] = []
  for (const [way, options] of Object.entries(WAYS)) {
    try {
      const made = instrument(text.source, { file: text.file, ...options })
      if (made) problems.push(...checkMade(text, made).map((problem) => `${way}: ${problem}`))
    } catch (error) {
      const { code, message } = error as { code?: string; message: string }
      // What somebody wrote and others use is none of what would end the parser.
      if (code === 'TST_PARSE' && !message.includes('nested too deeply')) return problems
      problems.push(`${way}: ${error}`)
    }
  }
  return problems
}

/** Says what is wrong with what was made of a text. */
export function checkMade(text: Text, made: Made): string[] {
  const [before, after] = [factsOf(text.source, text), factsOf(made.code, text)]
  const problems = joinedWords(text.source, made)
  for (const key of Object.keys(before) as (keyof Facts)[]) {
    if (isDeepStrictEqual(before[key], after[key])) continue
    problems.push(`${key}: ${JSON.stringify(before[key])} became ${JSON.stringify(after[key])}`)
  }
  return problems
}

/** What a text is for those that read it without running it. */
interface Facts {
  /** Whether the parser finds errors; in what no engine reads, those that depend on scopes too. */
  readonly parserFails: boolean
  /** Whether the engine does; undefined for TypeScript and JSX. */
  readonly engineFails: boolean | undefined
  /** What Node's lexer finds in CommonJS. */
  readonly exports: unknown
}

function factsOf(code: string, { file, kind }: Text): Facts {
  const isPlain = /\.[cm]?js$/.test(file)
  const parserFails = hasErrors(code, { file, kind, showSemanticErrors: !isPlain })
  const engineFails = isPlain ? (kind === 'module' ? failsAsModule(code) : failsAsScript(code)) : undefined
  return { parserFails, engineFails, exports: isPlain && kind === 'script' ? lexed(code) : undefined }
}

/** Else each result keeps the whole tree as text, where no garbage collector sees it. The option is not in the parser's types yet. */
const withoutTree: object = { experimentalLazy: rawTransferSupported() }

function hasErrors(
  code: string,
  { file, kind, showSemanticErrors }: Omit<Text, 'source'> & { showSemanticErrors: boolean },
): boolean {
  const sourceType = kind === 'module' ? 'module' : 'commonjs'
  const options = {
    ...withoutTree,
    sourceType,
    showSemanticErrors,
    ...(/\.[cm]?js$/.test(file) && { lang: 'jsx' as const }),
  } as const
  const parsed: ReturnType<typeof parseSync> & { dispose?: () => void } = parseSync(file, code, options)
  const fails = parsed.errors.some(({ severity }) => severity === 'Error')
  parsed.dispose?.()
  return fails
}

function failsAsModule(code: string): boolean {
  return fails(() => new vm.SourceTextModule(code))
}

function failsAsScript(code: string): boolean {
  // A hashbang may only stand at the top.
  return fails(() => new vm.Script(`(function(exports,require,module){${code.replace(/^#!/, '//')}\n})`))
}

function fails(compile: () => unknown): boolean {
  try {
    compile()
    return false
  } catch {
    return true
  }
}

function lexed(code: string): unknown {
  try {
    const { exports, reexports } = lex(code)
    return { exports: [...exports].sort(), reexports: [...reexports].sort() }
  } catch {
    return 'an error'
  }
}

const WORD = /[\w$\\]|[^\0-\x7f]/

/** Where what is inserted and what it meets have become one word. */
function joinedWords(source: string, { code, insertions, names }: Made): string[] {
  const problems: string[] = []
  const [helper = ''] = names
  const known = new Set([...names, `${helper}p`, `${helper}t`])
  const body = code.slice(0, code.length - (insertions.at(-1)?.text.length ?? 0))
  for (const [word] of body.matchAll(new RegExp(`(?<![\\w$])[\\w$]*${helper}[\\w$]*`, 'g')))
    if (!known.has(word) && !source.includes(word)) problems.push(`joined word ${word}`)
  let shift = 0
  for (const { at, text } of insertions) {
    for (const place of [at + shift, at + shift + text.length]) {
      const around = [code[place - 1] ?? '', code[place] ?? '']
      if (around.every((character) => WORD.test(character)))
        problems.push(`joined: ${code.slice(Math.max(0, place - 20), place + 20)}`)
    }
    shift += text.length
  }
  return problems
}
