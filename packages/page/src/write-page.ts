/*
 * For whoever may be asked for a page: little, and loaded fast.
 */
export { writePage } from './writer/write-page.ts'
