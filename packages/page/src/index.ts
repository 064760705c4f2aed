/*
 * Writes the page: one HTML file with everything that was recorded in it.
 */
export { pageFile } from './writer/page-file.ts'
