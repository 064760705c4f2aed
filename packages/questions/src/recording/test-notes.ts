import type { TestContext } from '@tstrace/results'
import { attemptWords, ofThisName } from '@tstrace/results/internal'

/** What stands behind the name of an attempt at a test, to tell it from others: ` (no. 2 of this name, failed)`, or nothing. */
export function testNotes(test: TestContext): string {
  return inBrackets([...attemptWords(test), ...(test.state === 'passed' ? [] : [test.state])])
}

/** What stands behind the name of a test that it shares with others. */
export function numberNote({ index }: TestContext): string {
  return inBrackets([ofThisName(index)])
}

function inBrackets(notes: readonly string[]): string {
  return notes.length > 0 ? ` (${notes.join(', ')})` : ''
}
