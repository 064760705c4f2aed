import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Place } from '../../packages/core/src/options/option-row.ts'
import { type NamedRow, ROWS, rowsAt, textAt } from '../../packages/core/src/options/rows-at.ts'
import { root } from './workspace.ts'

/** The rows of the tables of options on a page, or in the part of it below a heading. */
function rowsOn(page: string, heading = ''): string[] {
  const text = readFileSync(join(root, 'docs/reference', page), 'utf8')
  const start = text.indexOf(heading)
  if (start < 0) throw new Error(`${page} has no ${heading}`)
  const [part = ''] = text.slice(start + heading.length).split(/^## /m)
  const tables = part.split(/^\| option.*\n\|[-|]+\n/m).slice(1)
  return tables.flatMap((table) =>
    table
      .slice(0, table.search(/^(?!\|)/m))
      .trim()
      .split('\n'),
  )
}

function formsOf({ long, short, ...row }: NamedRow): string {
  const value = 'value' in row ? ` ${row.value}` : ''
  return [short && `\`-${short}${value}\``, `\`--${long}${value}\``].filter(Boolean).join(', ')
}

function defaultAt(row: NamedRow, at: Place): string {
  const value = row.defaults[at]
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'string') return value === '' ? 'none' : `\`${value}\``
  if (typeof value === 'number') return String(value)
  return value !== undefined && 'follows' in value ? value.follows : 'none'
}

function apiRows(at: Place): string[] {
  return rowsAt(at).map((row) => {
    const python = row.python?.[at]
    const names = python === undefined ? `\`${row.name}\`` : `\`${row.name}\`, \`${python}\``
    return `| ${names} | ${defaultAt(row, at)} | ${textAt(row, at)} |`
  })
}

describe('the pages have the row of each option, in order', () => {
  test('options.md', () => {
    expect(rowsOn('options.md')).toEqual(
      rowsAt('reporters').map(
        (row) =>
          `| \`${row.name}\` | ${formsOf(row)} | ${defaultAt(row, 'reporters')} | ${textAt(row, 'reporters')} |`,
      ),
    )
  })

  test('command.md', () => {
    expect(rowsOn('command.md')).toEqual([
      ...rowsAt('command').map((row) => `| ${formsOf(row)} | ${textAt(row, 'command')} |`),
      '| `-h`, `--help`; `--version` | Print that and end. |',
    ])
  })

  test('command.md, of questions', () => {
    expect(rowsOn('command.md', '## Questions')).toEqual(
      rowsAt('questions').map((row) => `| ${formsOf(row)} | ${textAt(row, 'questions')} |`),
    )
  })

  test('api.md', () => {
    expect(rowsOn('api.md', '## `new Trace(options)`')).toEqual(apiRows('Trace'))
    const results = '## `new CoverageResults(data, options)`'
    expect(rowsOn('api.md', results)).toEqual([...apiRows('CoverageResults'), ...apiRows('writeResults')])
  })
})

test('editors show the text of an option', () => {
  const tables = ['recording', 'reporting', 'source', 'select', 'question'].map((rows) =>
    readFileSync(join(root, `packages/core/src/options/${rows}-options.ts`), 'utf8'),
  )
  const shown = [...tables.join('').matchAll(/^ {2}\/\*\* (.*) \*\/\n {2}(\w+): \{/gm)].map(
    ([, text, name]) => [name, text],
  )
  expect(shown).toEqual(ROWS.map(({ name, text }) => [name, text]))
})
