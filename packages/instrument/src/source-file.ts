/*
 * What source files are and how they are called: for every process, before anything else of tstrace is loaded.
 */
export { withoutMark } from './source-file/byte-order-mark.ts'
export { absolutePath, isBelow, leadsOut, pathFromRoot } from './source-file/path-from-root.ts'
export {
  type ComponentKind,
  componentKind,
  isSource,
  isToBeCompiled,
  isTypeScript,
  type Language,
  languageOf,
  type ModuleFormat,
  patternOf,
  SOURCE_EXTENSIONS,
  sourceKind,
  writtenFor,
} from './source-file/source-kind.ts'
