import type { Context, TestContext } from '@tstrace/results'
import { printable } from '@tstrace/results/printable'
import { contextName } from './context-name.ts'

/** What a question about a test was about: a test, with the number of its attempts, those of a line, or a test file. */
export function testsSummary(contexts: readonly Context[]): string {
  const [first, ...others] = contexts
  if (first?.kind === 'named') return contextName(first)
  if (first?.kind !== 'test') return printable(first && 'file' in first ? first.file : '')
  if (contexts.some(({ kind }) => kind !== 'test')) return printable(first.file)
  const tests = new Set(contexts.map((test) => (test.kind === 'test' ? keyOf(test) : ''))).size
  if (tests > 1) return `${printable(first.file)}:${first.line}, ${tests} tests,`
  if (others.length === 0) return contextName(first)
  const failed = contexts.filter((test) => test.kind === 'test' && test.state === 'failed').length
  const name = contextName({ ...first, retry: 0, repeat: 0, state: 'passed' })
  return `${name}, in ${contexts.length} attempts${failed > 0 ? `, of which ${failed} failed,` : ''}`
}

function keyOf({ file, index, project, titles }: TestContext): string {
  return JSON.stringify([project, file, titles, index])
}
