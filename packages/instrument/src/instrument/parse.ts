import type { Comment, ParserOptions, Program } from 'oxc-parser'
import type { Language } from '../source-file/source-kind.ts'
import { isNestedTooDeeply } from './nesting.ts'
import { ParseError } from './parse-error.ts'
import { loadParser, parseRaw, type Tree, transferFor } from './parser.ts'
import { SourceLines } from './source-lines.ts'

/** A parsed source text; offsets are UTF-16 units. */
export interface Parsed {
  readonly program: Program
  /** In source order. */
  readonly comments: readonly Comment[]
}

/**
 * Parses a source text as it stands on disk.
 *
 * @param source the text
 * @param file its name for messages
 * @param language the dialect; JavaScript is read as JSX too, which loses nothing there
 * @throws ParseError when the text is not valid in that dialect
 */
export function parse(source: string, file: string, language: Language): Parsed {
  if (isNestedTooDeeply(source, language)) throw new ParseError(file, 'its code is nested too deeply.')
  const parsed = read(source, language, 'module')
  if (!parsed.error) return parsed
  // `with`, octal literals, `delete x` and top-level `return` are errors in modules only.
  const script = language === 'js' || language === 'jsx' ? read(source, language, 'commonjs') : parsed
  if (!script.error) return script
  const { message, offset } = parsed.error
  throw new ParseError(file, message, new SourceLines(source).placeOf(offset))
}

type How = Pick<ParserOptions, 'lang' | 'sourceType'>

function read(
  source: string,
  lang: Language,
  sourceType: 'module' | 'commonjs',
): Parsed & { error?: { message: string; offset: number } } {
  const result = parsed(source, { lang: lang === 'js' ? 'jsx' : lang, sourceType })
  const { program, comments } = result
  const error = result.errors.find((found) => found.severity === 'Error')
  if (!error) return { program, comments }
  return {
    program,
    comments,
    error: { message: sentence(error.message), offset: error.labels[0]?.start ?? 0 },
  }
}

function parsed(source: string, how: How): Tree {
  const isRaw = transferFor(source) === 'raw'
  try {
    return handedOver(source, how, isRaw)
  } catch (error) {
    // Raw transfer puts all comments of a file on the stack at once, which takes some 120,000 of them.
    if (!isRaw || !(error instanceof RangeError)) throw error
    return handedOver(source, how, false)
  }
}

function handedOver(source: string, how: How, isRaw: boolean): Tree {
  const result = isRaw ? parseRaw(source, how) : loadParser().parseSync('', source, how)
  const { comments, errors, program } = result
  return { comments, errors, program }
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`
}
