/** No file system has longer ones, in UTF-16 units. */
const LONGEST_PATH = 4096

/** What most paths are: a recording has ten thousand of them, and there is nothing to be looked for in these. */
const PLAIN = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/

/**
 * Says what is wrong with the path of a source file that came from outside; undefined for a good one.
 * Good is: relative, with `/`, no empty part, no `.`, and no `..` except, with `allowOutside`, at the start.
 * `\` separates on Windows, so `..` is looked for between those as well.
 */
export function pathProblem(path: string, allowOutside: boolean): string | undefined {
  if (path === '') return 'is empty'
  if (path.length > LONGEST_PATH) return 'is too long'
  if (PLAIN.test(path)) return undefined
  if (path.includes('\0')) return 'holds a NUL character'
  if (/^([/\\]|[A-Za-z]:[/\\])/.test(path)) return 'is absolute'
  const inside = path.replace(/^(\.\.\/)+/, '')
  if (inside !== path && !allowOutside) return 'leads out of the project root'
  const parts = inside.split(/[/\\]/)
  if (parts.includes('..')) return 'leads out of the project root'
  return parts.some((part) => part === '' || part === '.') ? 'has an empty part or a lone dot' : undefined
}
