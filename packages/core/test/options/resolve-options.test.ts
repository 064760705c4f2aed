import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../../results/test/temporary-folder.ts'
import { failsUntraced, type OptionSources, resolveOptions } from '../../src/options/resolve-options.ts'

let root: string

beforeEach(() => {
  root = temporaryFolder()
})

function resolve(sources: Partial<OptionSources>) {
  return resolveOptions({ root, givenWhere: 'the reporter options', ...sources })
}

test('says which options the file alone gives', async () => {
  expect(await resolve({ given: { exclude: 'a' } })).not.toHaveProperty('fromFile')
  writeFileSync(
    join(root, 'tstrace.config.json'),
    '{ "exclude": "a", "ignoreDir": "b", "ignoreModule": "c" }',
  )
  const { fromFile } = await resolve({ given: { exclude: 'd' }, environment: '--ignore-module e' })
  expect([...(fromFile ?? [])]).toEqual(['ignoreDir'])
})

test('a reporter counts, marks missing lines and prints the summary when nothing is said', async () => {
  expect(await resolve({})).toEqual({
    branches: false,
    children: false,
    contexts: 'file',
    count: true,
    missing: true,
    summary: true,
    trace: false,
    timing: false,
    listfuncs: false,
    trackcalls: false,
    coverdir: 'coverage/tstrace',
    file: '',
    noReport: false,
    ignoreModule: [],
    label: [],
    ignoreDir: [],
    include: [],
    exclude: [],
    formats: [],
    all: false,
    listTests: false,
    debug: false,
    strict: false,
    total: false,
    ranges: false,
    failUnder: 0,
    failUnderFile: 0,
    fullLists: false,
    html: false,
    select: '',
    selectMode: 'only',
    unrelated: [],
  })
})

test('what is given adds to the defaults', async () => {
  expect(await resolve({ given: { listfuncs: true } })).toMatchObject({ count: true, listfuncs: true })
  expect(await resolve({ given: { count: false } })).toMatchObject({ count: false, summary: true })
})

test('the given options are stronger than TSTRACE, and TSTRACE than the configuration file', async () => {
  writeFileSync(join(root, 'tstrace.config.json'), '{"coverdir":"c","file":"c","exclude":"c"}')
  const options = await resolve({ given: { coverdir: 'a' }, environment: '-C b -f b' })
  expect(options).toMatchObject({ coverdir: 'a', file: 'b', exclude: ['c'] })
})

test('lists may be one string, divided as in Python', async () => {
  const given = { ignoreModule: 'a, b', ignoreDir: `x${delimiter}y`, include: 'src/{a,b}/**' }
  expect(await resolve({ given })).toMatchObject({
    ignoreModule: ['a', 'b'],
    ignoreDir: ['x', 'y'],
    include: ['src/{a,b}/**'],
  })
})

describe('configuration files', () => {
  test.each([
    ['tstrace.config.ts', 'export default { debug: true as boolean }'],
    ['tstrace.config.mts', 'export default { debug: true as boolean }'],
    ['tstrace.config.mjs', 'export default { debug: true }'],
    ['tstrace.config.json', '{ "debug": true }'],
  ])('%s', async (name, text) => {
    writeFileSync(join(root, name), text)
    const importTypeScript = async () => ({ default: { debug: true } })
    expect(await resolve({ importTypeScript })).toMatchObject({ debug: true })
  })

  test('a file that cannot be loaded is named', async () => {
    writeFileSync(join(root, 'tstrace.config.json'), '{')
    await expect(resolve({})).rejects.toThrow(/tstrace\.config\.json cannot be loaded: /)
  })

  test('a folder of that name is a file that cannot be loaded', async () => {
    mkdirSync(join(root, 'tstrace.config.mjs'))
    await expect(resolve({})).rejects.toMatchObject({ code: 'TST_CONFIG' })
  })
})

describe('what is wrong', () => {
  test.each([
    [{ listfunc: true }, 'Unknown option "listfunc" in the reporter options. Did you mean "listfuncs"?'],
    [{ 'ignore-dir': 'x' }, 'Unknown option "ignore-dir" in the reporter options. Did you mean "ignoreDir"?'],
    [{ xyzzy: 1 }, 'Unknown option "xyzzy" in the reporter options. The options are count, trace,'],
    [
      { module: true },
      'Unknown option "module" in the reporter options. It is an option of the command only.',
    ],
    [{ countfuncs: true }, 'Unknown option "countfuncs" in the reporter options. Did you mean "listfuncs"?'],
    [{ count: 'no' }, 'Option "count" in the reporter options must be true or false, not "no".'],
    [{ coverdir: 3 }, 'Option "coverdir" in the reporter options must be a string, not 3.'],
    [
      { include: [3] },
      'Option "include" in the reporter options must be a string or an array of strings, not [3].',
    ],
    ['out', 'the reporter options must be an object, not "out".'],
    [{ all: true }, 'Option "all" needs "include". Give both, or leave it out.'],
    [{ html: true, coverdir: '' }, 'Option "html" needs "coverdir". Give both, or leave it out.'],
  ])('%j', async (given, message) => {
    await expect(resolve({ given })).rejects.toThrow(message)
  })

  test('an unknown option of a configuration file is told with the name of the file', async () => {
    writeFileSync(join(root, 'tstrace.config.json'), '{"sumary":true}')
    await expect(resolve({})).rejects.toThrow(
      'Unknown option "sumary" in tstrace.config.json. Did you mean "summary"?',
    )
  })
})

test.each<[Pick<OptionSources, 'given' | 'environment'>, boolean]>([
  [{}, false],
  [{ given: { strict: true, xyzzy: 1 } }, true],
  [{ given: 5, environment: '-T --strict --xyzzy' }, true],
  [{ given: { strict: false }, environment: '--strict' }, false],
  [{ environment: '--no-strict' }, false],
  [{ given: { failUnder: 90, xyzzy: 1 } }, true],
  [{ given: { strict: false, failUnderFile: '90' } }, true],
  [{ given: { failUnder: 0, failUnderFile: undefined } }, false],
  [{ environment: '--fail-under=90 --xyzzy' }, true],
  [{ given: {}, environment: '-T --fail-under-file 900' }, true],
  [{ given: { failUnder: 0 }, environment: '--fail-under 90' }, false],
  [{ environment: '--ignore-dir src/--fail-under' }, false],
])(
  'what makes a run fail of which nothing is traced, in options that may be wrong: %j',
  (sources, wanted) => {
    expect(failsUntraced(sources)).toBe(wanted)
  },
)
