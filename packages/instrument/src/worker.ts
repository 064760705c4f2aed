/*
 * What has to be known of instrumented code where none is made, as beside the user's tests: no imports of Node's modules, no
 * parser.
 */
export { isEmittedName } from './instrument/emitted-names.ts'
export type { InsertionKind } from './instrument/insertions.ts'
export { cannotParse, ParseError } from './instrument/parse-error.ts'
