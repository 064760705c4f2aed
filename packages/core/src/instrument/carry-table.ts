/**
 * Makes instrumented code carry a table other than its own: one that tells what its counters mean in another text.
 *
 * @param code what `instrument` gave without `carryTable`
 * @param table the table as JSON, as a collector reads it
 */
export function carryTable(code: string, table: string): string {
  const counts = [...code.matchAll(/,counts:new [\w.]+\(\d+\)/g)].at(-1)
  if (!counts) return code
  const end = counts.index + counts[0].length
  return `${code.slice(0, end)},table:${JSON.stringify(table)}${code.slice(end)}`
}
