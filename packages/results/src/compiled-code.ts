/*
 * What loads the files of our bundles: the first of ours in a process.
 */
export { type ImportModule, lacksCompiled, loadCompiled, readCompiled } from './files/compiled-code.ts'
