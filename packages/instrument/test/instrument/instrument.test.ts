import { expect, test } from 'vitest'
import { digest, type InstrumentOptions, instrument } from '../../src/instrument/instrument.ts'

const source = 'function f(a) {\n  if (a) return 1\n  return 2\n}\nf(1)\n'
const make = (text = source, more: Partial<InstrumentOptions> = {}) => {
  const made = instrument(text, { file: 'src/a.js', ...more })
  if (!made) throw new Error('nothing runs')
  return made
}

test('the same source gives the same result', () => {
  expect(make()).toEqual(make())
})

test('path, text and branches make another identity; recording calls does not', () => {
  const { id } = make()
  expect(make(source, { file: 'src/b.js' }).id).not.toBe(id)
  expect(make(`${source}\n`).id).not.toBe(id)
  expect(make(source, { branches: true }).id).not.toBe(id)
  expect(make(source, { calls: true })).toMatchObject({ id, sites: make().sites })
})

test('the hash is that of the text', () => {
  expect(make().hash).toBe(digest(source))
  expect(digest(source)).toMatch(/^[0-9a-f]{16}$/)
  expect(make(source, { file: 'src/b.js', branches: true }).hash).toBe(make().hash)
})

test('removing what was inserted gives the source back', () => {
  const { code, map } = make(source, { calls: true, branches: true })
  expect(map).toMatchObject({ version: 3, sources: ['src/a.js'], sourcesContent: [source], names: [] })
  let at = 0
  for (const character of source) {
    at = code.indexOf(character, at) + 1
    expect(at).toBeGreaterThan(0)
  }
  expect(code.split('\n')).toHaveLength(source.split('\n').length)
})

test('a #! line behind a byte order mark is one, and what comes behind us gets both', () => {
  const text = `#!/usr/bin/env node\n${source}`
  const [plain, marked] = [make(text), make(`\ufeff${text}`)]
  expect(marked.code).toBe(`\ufeff${plain.code}`)
  expect(marked.body + marked.helper).toBe(marked.code)
  expect(marked.insertions.map(({ at }) => at - 1)).toEqual(plain.insertions.map(({ at }) => at))
  expect(marked).toMatchObject({ id: plain.id, hash: plain.hash, map: plain.map, sites: plain.sites })
})

test('no name in the source is taken', () => {
  const { code } = make()
  const [name = ''] = /cov_[0-9a-f]{6}/.exec(code) ?? []
  expect(name).not.toBe('')
  const clashing = `${source}let ${name} = 1\n`
  const taken = `cov_${make(clashing).id.slice(0, 6)}`
  const text = `${source}let ${taken} = 1\n`
  expect(text).not.toContain(make(text).names[0])
})

test('a file named after its counters: two files never share a helper', () => {
  const names = ['a', 'b', 'c'].map(
    (name) => /cov_[0-9a-f]+/.exec(make(source, { file: `${name}.js` }).code)?.[0],
  )
  expect(new Set(names).size).toBe(3)
})

test('counters are numbered without gaps and each is used', () => {
  const { code, sites } = make(source, { branches: true })
  const used = new Set([...code.matchAll(/\[(\d+)\]\+\+/g)].map(([, number]) => Number(number)))
  expect([...used].sort((a, b) => a - b)).toEqual(Array.from({ length: sites.counters }, (_, n) => n))
})

test('names of functions are unique in a file', () => {
  const { sites } = make('[() => 1, () => 2, () => 3]; [() => 4]\nfunction f() {}\n{ function f() {} }\n')
  expect(sites.functions.map(({ name }) => name)).toEqual([
    '<module>',
    '<anonymous:1>',
    '<anonymous:1>:1',
    '<anonymous:1>:1:20',
    '<anonymous:1>:1:31',
    'f',
    'f:3',
  ])
})

test('branches have the arms of their kind', () => {
  const text =
    'function f(a, b = 1) {\n  if (a) a = b ? 1 : 2; else a = b || a && b\n  switch (a) { case 1: default: }\n}\n'
  const { sites } = make(text, { branches: true })
  expect(sites.branches.map(({ arms, kind, line }) => `${kind} ${line} ${arms.length}`).sort()).toEqual([
    'binary-expr 2 3',
    'cond-expr 2 2',
    'default-arg 1 1',
    'if 2 2',
    'switch 3 2',
  ])
})

test('the table travels in the code only where it is asked for', () => {
  expect(make(source, { carryTable: true }).code).toContain('"lines\\":[')
  expect(make().code).not.toContain('lines')
})
