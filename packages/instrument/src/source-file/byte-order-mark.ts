const MARK = '\uFEFF'

/**
 * A text without the byte order mark that it may begin with. The mark is no part of a source: some loaders take it off, and
 * some do not.
 */
export function withoutMark(text: string): string {
  return text.startsWith(MARK) ? text.slice(1) : text
}
