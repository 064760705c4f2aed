/** What the lines of a text were when they were last reported. */
export interface LineStates {
  /** A number for the text of each line: another for another text, as a rule. */
  readonly texts: Int32Array
  /** Numbers of the lines that ran, 1-based. */
  readonly ran: ReadonlySet<number>
}

/** How many lines run that did not, and the other way round; what is in the text no more is not counted. */
export interface LineChanges {
  readonly newly: number
  readonly noLonger: number
}

export function textsOfLines(text: string): Int32Array {
  return Int32Array.from(text.split('\n'), hashOf)
}

/**
 * Compares the lines of a source, whose text may have changed: lines in front of the first difference and behind the last one
 * are the same, those in between are other ones.
 *
 * @param missing numbers of the lines that could have run now
 */
export function lineChanges(before: LineStates, now: LineStates, missing: readonly number[]): LineChanges {
  const formerOf = formerLines(before.texts, now.texts)
  const ranBefore = (line: number): boolean => before.ran.has(formerOf(line))
  return {
    newly: [...now.ran].filter((line) => !ranBefore(line)).length,
    noLonger: missing.filter(ranBefore).length,
  }
}

/** What leads from a line to its number in the text before, 0 where it was not there. */
function formerLines(before: Int32Array, now: Int32Array): (line: number) => number {
  const shorter = Math.min(before.length, now.length)
  let front = 0
  while (front < shorter && before[front] === now[front]) front++
  let behind = 0
  while (behind < shorter - front && before.at(-1 - behind) === now.at(-1 - behind)) behind++
  return (line) => {
    if (line <= front) return line
    return line > now.length - behind ? line - now.length + before.length : 0
  }
}

function hashOf(text: string): number {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0
  return hash
}
