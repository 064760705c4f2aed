/*
 * The way out: what comes from outside, a name, a title, the text of a source or of somebody's error, goes through here
 * before it reaches a terminal or a log. Neither may be told anything by it.
 */

/** What acts on a terminal, ends a line, or turns what stands beside it around. */
const ACTING = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu

/** The same in a text whose lines and indentation are to be seen. */
const ACTING_IN_LINES = /\r(?!\n)|(?![\t\n\r])\p{Cc}|[\p{Bidi_Control}\u2028\u2029]/gu

/**
 * What services for CI take for commands when it is in a log: GitHub `::` where a line begins, white space aside; it and
 * Azure `##[`, Azure `##vso[`, TeamCity `##teamcity[` anywhere. Those of GitLab need control characters.
 */
const COMMAND = /(?<=^[^\S\n]*):(?=:)|#(?=#(?:\[|vso\[|teamcity\[))/gim

/**
 * A name or path for one line: control characters, line ends and what sets the direction of writing are shown as escapes,
 * and what a service for CI would obey is broken by one.
 */
export function printable(text: string): string {
  return withoutCommands(text.replace(ACTING, escaped))
}

/** A text of several lines: as `printable`, but line feeds, also behind carriage returns, and tabs stay. */
export function printableLines(text: string): string {
  return withoutCommands(text.replace(ACTING_IN_LINES, escaped))
}

/**
 * What is printed of a problem, without the last line end: only the first line begins where lines of ours begin, since
 * what comes behind it may be somebody else's words.
 */
export function complaint(problem: string): string {
  return `tstrace: ${printableLines(problem).replaceAll(/\n(?=\S)/g, '\n  ')}`
}

function withoutCommands(text: string): string {
  return text.replace(COMMAND, escaped)
}

const short: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16)
  return (
    short.get(character) ?? (code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`)
  )
}
