import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { OPTION_TABLE, type OptionRow } from '../../packages/core/src/options/option-table.ts'
import { root } from './workspace.ts'

/** The row of an option on the page: name, command line, what reporters start from, one sentence. */
function pageRow(row: OptionRow): string {
  const value = row.kind === 'flag' || row.kind === 'choice' ? '' : ` ${row.value}`
  const forms = [row.short && `\`-${row.short}${value}\``, `\`--${row.long}${value}\``]
    .filter(Boolean)
    .join(', ')
  return `| \`${row.name}\` | ${forms} | ${shownDefault(row)} | ${row.text} |`
}

function shownDefault(row: OptionRow): string {
  if (row.kind === 'list') return 'none'
  const value = row.inReporters ?? row.fallback
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return value === '' ? 'none' : `\`${value}\``
}

test('the page of the options has the row of each option, in order', () => {
  const page = readFileSync(join(root, 'docs/reference/options.md'), 'utf8')
  const rows = page.split('\n').filter((line) => line.startsWith('| `'))
  expect(rows).toEqual(OPTION_TABLE.map(pageRow))
})
