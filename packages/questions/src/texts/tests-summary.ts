import type { Context } from '@tstrace/results'
import { printable } from '@tstrace/results/printable'
import { contextName } from './context-name.ts'

/** What a question about a test was about: a test, with the number of its attempts, or a test file. */
export function testsSummary(contexts: readonly Context[]): string {
  const [first, ...others] = contexts
  if (first?.kind !== 'test') return printable(first && 'file' in first ? first.file : '')
  if (contexts.some(({ kind }) => kind !== 'test')) return printable(first.file)
  return others.length === 0 ? contextName(first) : `${contextName(first)}, in ${contexts.length} attempts`
}
