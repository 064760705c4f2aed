import { expect, test } from 'vitest'
import { instrument } from '../../src/instrument/instrument.ts'

function emitted(source: string): string {
  return instrument(source, { file: 'a.test.js', calls: true })?.code ?? source
}

test.each([
  "test.each([[() => one(), 'a'], [async function two() { return 1 }, 'b']])('%s', (f) => f())",
  "describe.skip.each([{ f: (a) => { a() } }, { f() { one() } }])('$f', () => {})",
  "it.concurrent.for([class { a() { return 1 } }])('%s', () => {})",
  `xtest.only.each\`f\n\${() => one()}\n\${function () {}}\`('$f', () => {})`,
  "bench.each((([() => 1])))('%s', () => {})",
])('functions in a table of tests keep their text: %s', (source) => {
  const table = source.slice(0, source.lastIndexOf("('"))
  expect(emitted(source)).toContain(table)
  expect(emitted(source).slice(table.length)).not.toBe(source.slice(table.length))
})

test.each([
  ['what makes a table', 'test.each(list.map((one) => [one]))', '(one) => [one]'],
  ['what is called while it is made', 'test.each([[(() => one())()]])', '() => one()'],
  ['another list', 'list.each([() => one()])', '() => one()'],
  ['a table by another name', 'test[each]([() => one()])', '() => one()'],
  ['a test', "test.for([1])('%s', () => one())", '() => one()'],
])('%s is counted as all else', (_, source, text) => {
  expect(emitted(source)).not.toContain(text)
})
