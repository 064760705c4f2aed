import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportNames } from '../../src/report/names.ts'
import { versionNames } from '../../src/report/version-names.ts'

function named(...paths: string[]): [path: string, module: string, coverFile: string][] {
  return [...reportNames(paths)].map(([path, { module, coverFile }]) => [path, module, coverFile])
}

test.each([
  ['src/recurse.ts', 'src.recurse', 'src/recurse.cover'],
  ['src/a.test.ts', 'src.a.test', 'src/a.test.cover'],
  ['x.d.ts', 'x.d', 'x.d.cover'],
  ['a.b/c.ts', 'a.b.c', 'a.b/c.cover'],
  ['noext', 'noext', 'noext.cover'],
  ['dir.x/noext', 'dir.x.noext', 'dir.x/noext.cover'],
  ['.hidden.ts', 'hidden', '.hidden.cover'],
  ['.hidden', 'hidden', '.hidden.cover'],
  ['src/.hidden.ts', 'src..hidden', 'src/.hidden.cover'],
  ['../up/m.ts', 'up.m', 'up/m.cover'],
  ['../../m.ts', 'm', 'm.cover'],
  ['../../D:/lib/m.ts', 'D:.lib.m', 'D/lib/m.cover'],
  ['__proto__', '__proto__', '__proto__.cover'],
  ['..', '..', '_.cover'],
])('%s', (...expected) => {
  expect(named(expected[0])).toEqual([expected])
})

test('files that differ in their extension keep it', () => {
  expect(named('src/a.ts', 'src/a.js', 'src/b.ts')).toEqual([
    ['src/a.js', 'src.a.js', 'src/a.js.cover'],
    ['src/a.ts', 'src.a.ts', 'src/a.ts.cover'],
    ['src/b.ts', 'src.b', 'src/b.cover'],
  ])
})

test('a dot in a name and a folder make one module name: the second has a number', () => {
  expect(named('src/a/b.ts', 'src/a.b.ts')).toEqual([
    ['src/a.b.ts', 'src.a.b.ts', 'src/a.b.cover'],
    ['src/a/b.ts', 'src.a.b.ts~2', 'src/a/b.cover'],
  ])
})

test('listings differ by more than upper and lower case, modules need not', () => {
  expect(named('src/Ab.ts', 'src/aB.ts')).toEqual([
    ['src/Ab.ts', 'src.Ab', 'src/Ab.ts.cover'],
    ['src/aB.ts', 'src.aB', 'src/aB.ts~2.cover'],
  ])
})

test('a file outside the root beside one of the same name inside', () => {
  expect(named('../shared/x.ts', 'shared/x.ts')).toEqual([
    ['../shared/x.ts', 'shared.x.ts', 'shared/x.ts.cover'],
    ['shared/x.ts', 'shared.x.ts~2', 'shared/x.ts~2.cover'],
  ])
})

test('a listing is never called like a folder that holds others', () => {
  expect(named('a.ts', 'a.cover/b.ts')).toEqual([
    ['a.cover/b.ts', 'a.cover.b', 'a.cover/b.cover'],
    ['a.ts', 'a', 'a.ts.cover'],
  ])
})

test('a name made to avoid a clash avoids others as well', () => {
  const names = named('a.ts', 'a.js', 'a.ts.ts', 'a.ts.js')
  expect(new Set(names.map(([, module]) => module)).size).toBe(4)
  expect(new Set(names.map(([, , file]) => file)).size).toBe(4)
})

const part = fc.constantFrom(
  'a',
  'A',
  'b',
  'a.b',
  'a.ts',
  'a.cover',
  'ß',
  'SS',
  'é',
  'e\u0301',
  '~2',
  'a~2',
  'a.ts~2',
  'a'.repeat(254),
  'A'.repeat(254),
)
const paths = fc.array(
  fc
    .tuple(
      fc.constantFrom('', '', '../'),
      fc.array(part, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', '.ts', '.js'),
    )
    .map(([up, parts, extension]) => up + parts.join('/') + extension),
  { maxLength: 12 },
)

test('no two files share a name, whatever they are called', () => {
  const property = fc.property(paths, (given) => {
    const names = [...reportNames(given).values()]
    const files = names.map(({ coverFile }) => coverFile.normalize('NFC').toUpperCase())
    expect(names).toHaveLength(new Set(given).size)
    expect(new Set(names.map(({ module }) => module)).size).toBe(names.length)
    expect(new Set(files).size).toBe(names.length)
    const folders = files.flatMap((file) =>
      [...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index)),
    )
    expect(folders.filter((folder) => files.includes(folder))).toEqual([])
  })
  fc.assert(property, { numRuns: 2000 })
})

test('the order in which files are given makes no difference', () => {
  const property = fc.property(paths, fc.array(fc.nat()), (given, order) => {
    const shuffled = given.map((path, i) => ({ path, at: order[i] ?? -i })).sort((a, b) => a.at - b.at)
    expect([...reportNames(shuffled.map(({ path }) => path))]).toEqual([...reportNames(given)])
  })
  fc.assert(property)
})

test('no listing leaves the output folder', () => {
  const property = fc.property(fc.string(), (path) => {
    const coverFile = reportNames([path]).get(path)?.coverFile as string
    expect(coverFile.startsWith('/')).toBe(false)
    expect(coverFile.split('/')).not.toContain('..')
  })
  fc.assert(property)
})

test('a name that no file system takes is cut, and ends with a part of its hash', () => {
  const bytes = (path: string): number[] => path.split('/').map((part) => Buffer.byteLength(part))
  const long = [
    `src/${'a'.repeat(252)}.ts`,
    `src/${'a'.repeat(252)}.js`,
    `src/${'a'.repeat(250)}bc.ts`,
    `src/${'é'.repeat(126)}.ts`,
    `src/x${'日'.repeat(83)}.ts`,
    `src/${'😀'.repeat(63)}.ts`,
    `${'f'.repeat(300)}/a.ts`,
    `${'f'.repeat(300)}/${'g'.repeat(300)}/a.ts`,
  ]
  const names = reportNames(long)
  const covers = long.map((path) => names.get(path)?.coverFile ?? '')
  expect(new Set(covers).size).toBe(long.length)
  for (const cover of covers) {
    expect(cover).toMatch(/^([^/]+\/)+[^/]+\.cover$/)
    expect(cover).not.toContain('\uFFFD')
    for (const length of bytes(cover)) expect(length).toBeLessThanOrEqual(255)
  }
  expect(covers[2]).toMatch(/^src\/a{240}~[0-9a-f]{8}\.cover$/)
  expect(reportNames(long.toReversed())).toEqual(names)
})

test('a name that just fits stays as it is, also where several versions have to be told apart', () => {
  const path = `${'a'.repeat(249)}.ts`
  const names = reportNames([path])
  expect(names.get(path)?.coverFile).toBe(`${'a'.repeat(249)}.cover`)
  const versions = ['0123456789abcdef', 'fedcba9876543210'].map((hash) => ({ path, hash, hasText: true }))
  const [first, second] = versionNames(versions, names)
  expect(first?.coverFile).toBe(`${'a'.repeat(249)}.cover`)
  expect(second?.coverFile).toMatch(/^a{240}~[0-9a-f]{8}\.cover$/)
})
