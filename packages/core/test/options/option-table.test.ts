import { expect, test } from 'vitest'
import { codeOptions } from '../../src/options/code-options.ts'
import { completeOptions } from '../../src/options/complete-options.ts'
import type { Place } from '../../src/options/option-row.ts'
import { type NamedRow, ROWS, rowsAt } from '../../src/options/rows-at.ts'
import type { Checked, TstraceOptions } from '../../src/options/tstrace-options.ts'
import { transformHash } from '../../src/run/build.ts'

const PLACES: readonly Place[] = ['reporters', 'command', 'Trace', 'CoverageResults', 'writeResults']

test.each(PLACES)('in %s no two options share a name or a form', (at) => {
  const names = rowsAt(at).flatMap(({ name, python }) => [name, python?.[at] ?? []].flat())
  const forms = rowsAt(at).flatMap(({ long, short }) => [long, short ?? []].flat())
  expect(new Set(names).size).toBe(names.length)
  expect(new Set(forms).size).toBe(forms.length)
})

test('what a row says of other rows is true', () => {
  const names = ROWS.map(({ name }) => name)
  for (const { needs, notBeside } of ROWS)
    expect(names).toEqual(expect.arrayContaining([needs, notBeside].filter(Boolean)))
})

/** A value that is not the one a runner starts from. */
function other({ defaults, kind }: NamedRow): unknown {
  return {
    flag: !defaults.reporters,
    choice: !defaults.reporters,
    text: 'other',
    list: ['other'],
    word: 'off',
    number: 2,
    percent: 50,
  }[kind]
}

test.each(rowsAt('reporters'))('a runner takes code from its cache unless it differs: $name', (row) => {
  const options = completeOptions({}, 'reporters')
  const changed = { ...options, [row.name]: other(row) } as TstraceOptions
  expect(transformHash(changed) !== transformHash(options)).toBe(row.changesCode === true)
  expect(row.name in codeOptions(options)).toBe(row.changesCode === true)
})

test('where the lines are shown is nothing that code depends on', () => {
  const options = completeOptions({ trace: true }, 'reporters')
  expect(transformHash({ ...options, trace: 'stdout' })).toBe(transformHash(options))
})

interface Rows {
  readonly sound: {
    readonly kind: 'flag'
    readonly defaults: { readonly command: false }
    readonly text: 'a'
  }
}
interface Misspelt {
  readonly one: Rows['sound'] & { readonly shrot: 'c' }
}
interface OfNoKind {
  readonly one: { readonly kind: 'number'; readonly defaults: object; readonly text: 'a' }
}

export type Sound = Checked<Rows>
// @ts-expect-error a field that no row has
export type WithMisspelt = Checked<Misspelt>
// @ts-expect-error a kind that no row has
export type WithNoKind = Checked<OfNoKind>
