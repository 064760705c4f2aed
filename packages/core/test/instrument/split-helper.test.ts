import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { drain } from '../../src/collect/drain.ts'
import { carryTable } from '../../src/instrument/carry-table.ts'
import { instrument } from '../../src/instrument/instrument.ts'
import { splitHelper } from '../../src/instrument/split-helper.ts'

const SOURCE = 'function* f() { yield 1 }\nfor (const n of f()) String(n)\n'

function codeOf(source: string): string {
  const made = instrument(source, { file: 'a.js', calls: true })
  if (!made) throw new Error('nothing runs')
  return made.code
}

test('the two parts are the whole, and run in either order', () => {
  const code = codeOf(SOURCE)
  const { body, helper } = splitHelper(code)
  expect(body + helper).toBe(code)
  const counts = [body + helper, `${helper}\n${body}`].map((text) =>
    drain(runInNewContext(`${text}\nglobalThis`)),
  )
  expect(counts[0]?.sources[0]?.counts.length).toBeGreaterThan(0)
  expect(counts[1]).toEqual(counts[0])
})

test('names are those that the body uses and does not declare', () => {
  const { body, names } = splitHelper(codeOf(SOURCE))
  const declared = names.map((name) => `let ${name}`).join(';')
  // With all of them declared nothing is left to look up: what fails first is that they are no functions.
  expect(() => runInNewContext(`"use strict";${declared};${body}`)).toThrow('is not a function')
  expect(names.every((name) => body.includes(name))).toBe(true)
})

test('a source that speaks of a helper is not taken for one', () => {
  const source = 'const text = `function cov_ab(){const f=cov_abf(),c=`\n'
  expect(splitHelper(codeOf(source)).body).toContain(source.trim())
})

test('text without counters has no helper', () => {
  expect(splitHelper('go()')).toEqual({ body: 'go()', helper: '', names: [] })
})

test('code carries the table it is given', () => {
  const code = carryTable(codeOf(SOURCE), '{"a":"`\\"}')
  const counted = drain(runInNewContext(`${code}\nglobalThis`) as object)
  expect(counted?.sources[0]?.table).toBe('{"a":"`\\"}')
  expect(carryTable('go()', '{}')).toBe('go()')
})
