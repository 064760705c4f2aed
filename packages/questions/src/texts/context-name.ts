import type { Context } from '@tstrace/results'
import { printable } from '@tstrace/results/printable'
import { testNotes } from '../recording/test-notes.ts'

/** How a context is called: `test/a.test.ts:12 > adds > handles 0`. */
export function contextName(context: Context): string {
  return printable(nameOf(context))
}

function nameOf(context: Context): string {
  switch (context.kind) {
    case 'named':
      return context.name === '' ? 'outside of all named contexts' : context.name
    case 'overlap':
      return context.members.map(nameOf).join(' or ')
    case 'file':
      return testFileName(context)
    case 'import':
      return `${testFileName(context)}, while importing${context.state ? ` (${context.state})` : ''}`
    case 'late':
      return `${testFileName(context)}, after its last test`
    case 'hooks':
      return `${[testFileName(context), ...context.titles].join(' > ')}, hooks`
    case 'test': {
      const { line, titles } = context
      const place = line > 0 ? `:${line}` : ''
      return [`${testFileName(context)}${place}`, ...titles].join(' > ') + testNotes(context)
    }
  }
}

/** How a test file is called: `test/a.test.ts`, `[browser] test/a.test.ts`. */
export function testFileName({ file, project }: { readonly file: string; readonly project: string }): string {
  return project === '' ? file : `[${project}] ${file}`
}
