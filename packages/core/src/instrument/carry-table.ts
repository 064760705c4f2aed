/**
 * Makes instrumented code carry a table other than its own: one that tells what its counters mean in another text.
 *
 * @param code what `instrument` gave without `carryTable`
 * @param table the table as JSON, as a collector reads it
 */
export function carryTable(code: string, table: string): string {
  const at = code.lastIndexOf(',counts:new Float64Array(')
  const end = code.indexOf(')', at) + 1
  return at < 0 ? code : `${code.slice(0, end)},table:${JSON.stringify(table)}${code.slice(end)}`
}
