import type { TestContext } from '@tstrace/results'

/** What stands behind the name of an attempt at a test, to tell it from others: ` (no. 2 of this name, failed)`, or nothing. */
export function testNotes({ index, repeat, retry, state }: TestContext): string {
  return inBrackets([
    ...(index > 0 ? [ofThisName(index)] : []),
    ...(repeat > 0 ? [`repeat ${repeat}`] : []),
    ...(retry > 0 ? [`retry ${retry}`] : []),
    ...(state === 'passed' ? [] : [state]),
  ])
}

/** What stands behind the name of a test that it shares with others. */
export function numberNote({ index }: TestContext): string {
  return inBrackets([ofThisName(index)])
}

function ofThisName(index: number): string {
  return `no. ${index + 1} of this name`
}

function inBrackets(notes: readonly string[]): string {
  return notes.length > 0 ? ` (${notes.join(', ')})` : ''
}
