/*
 * For whoever may be asked for a page: little, and loaded fast.
 */
export { writeComparison } from './writer/write-comparison.ts'
export { writePage } from './writer/write-page.ts'
