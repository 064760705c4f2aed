/*
 * Writes the page that compares two recordings: apart from the other page, since it is made of an answer.
 */
export { comparisonFile } from './writer/comparison-file.ts'
