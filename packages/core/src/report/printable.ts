/**
 * A name or path for one line of a report: control characters and line separators are shown as escapes, so
 * that a test title with a line break, or a results file from elsewhere, cannot break or forge lines.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, escaped)
}

const short: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16)
  return short.get(character) ?? (code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`)
}
