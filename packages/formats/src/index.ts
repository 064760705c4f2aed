/*
 * Which formats there are: little, for every process that reads options. What makes them is loaded when one is asked for.
 */
export type { FormatInput, FormatRow, MadeFormat, MakeFormat } from './format.ts'
export { FORMATS, type FormatName } from './format-table.ts'
