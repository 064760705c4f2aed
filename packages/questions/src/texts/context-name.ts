import type { Context } from '@tstrace/results'
import { contextWords } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import { testNotes } from '../recording/test-notes.ts'

/** How a context is called: `test/a.test.ts:12 > adds > handles 0`. */
export function contextName(context: Context): string {
  return printable(nameOf(context))
}

function nameOf(context: Context): string {
  if (context.kind === 'overlap') return context.members.map(nameOf).join(' or ')
  const { file, line, titles, what } = contextWords(context)
  const place = line > 0 ? `${file}:${line}` : file
  const name = [place, ...titles].filter((part, at) => at > 0 || part !== '').join(' > ')
  const named = what === '' ? name : `${name}, ${what}`
  if (context.kind === 'import' && context.state) return `${named} (${context.state})`
  return context.kind === 'test' ? named + testNotes(context) : named
}
