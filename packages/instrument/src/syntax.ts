/*
 * The syntax tree of a source text, for packages of tstrace that ask what stands where.
 */
export type { Node } from 'oxc-parser'
export {
  type AnyFunction,
  insideOf,
  isContent,
  isFunction,
  isNode,
  outsideOf,
} from './instrument/function-parts.ts'
export { type Parsed, parse } from './instrument/parse.ts'
export { ParseError } from './instrument/parse-error.ts'
export { loadParser } from './instrument/parser.ts'
export { SourceLines } from './instrument/source-lines.ts'
export { type TextPart, textParts } from './instrument/text-parts.ts'
export { componentKind, languageOf } from './source-file/source-kind.ts'
