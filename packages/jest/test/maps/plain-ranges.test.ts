import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { createRequire } from 'node:module'
import { compileFunction } from 'node:vm'
import { instrument } from '@tstrace/instrument'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Insertion,
  PlainText,
  piecesOf,
  plainRanges,
  type V8Function,
} from '../../src/maps/plain-ranges.ts'
import { PROGRAMS, PROGRAMS_WITHOUT_CALLS, type V8Program } from './v8-programs.ts'

const session = new Session()

beforeAll(async () => {
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
})

afterAll(() => session.disconnect())

type Exports = Record<string, (one: unknown) => unknown>

let runs = 0

/** What V8 says of a text that was run. */
async function counted(code: string, use: (exports: Exports) => Promise<void>): Promise<V8Function[]> {
  const filename = `/plain-ranges-${runs++}.js`
  const exports = {}
  const module = { exports }
  const require = createRequire(import.meta.url)
  compileFunction(code, ['module', 'exports', 'require'], { filename })(module, exports, require)
  await use(module.exports)
  const { result } = await session.post('Profiler.takePreciseCoverage')
  const found = result.find(({ url }) => url.endsWith(filename))
  return found?.functions ?? []
}

/** The same with counters, translated back. */
async function translated(
  source: string,
  calls: boolean,
  use: (exports: Exports) => Promise<void>,
  said: (insertion: Insertion) => Insertion = (one) => one,
): Promise<V8Function[]> {
  const made = instrument(source, { file: 'a.js', calls, branches: true, lang: 'js' })
  const { code = '', insertions = [] } = made ?? {}
  const pieces = piecesOf(insertions.map(said), { before: source.length, after: code.length })
  const text = new PlainText(code, pieces, 0)
  expect(text.plain).toBe(source)
  return plainRanges(await counted(code, use), text)
}

const useOf = (program: V8Program) => async (exports: Exports) => {
  for (const one of program.arguments) {
    for (const use of Object.values(exports)) {
      try {
        // What waits for ever must not be waited for.
        await Promise.race([use(one), new Promise((resolve) => setTimeout(resolve, 1))])
      } catch {}
    }
  }
}

const ways = (programs: readonly V8Program[], kinds: readonly boolean[]) =>
  programs.flatMap((program) => kinds.map((calls) => ({ program, calls, name: program.name })))

describe('V8 counts the same with and without counters', () => {
  test.each([...ways(PROGRAMS, [false, true]), ...ways(PROGRAMS_WITHOUT_CALLS, [false])])(
    '$name, calls: $calls',
    async ({ program, calls }) => {
      const plain = await counted(program.code, useOf(program))
      expect(plain.flatMap(({ ranges }) => ranges).length).toBeGreaterThan(5)
      expect(await translated(program.code, calls, useOf(program))).toEqual(plain)
    },
  )

  test.each([false, true])('a package, calls: %s', async (calls) => {
    const source = readFileSync(createRequire(import.meta.url).resolve('picomatch/lib/scan.js'), 'utf8')
    const code = source.replaceAll("require('./", "require('picomatch/lib/")
    const use = async (exports: unknown): Promise<void> => {
      const scan = exports as (glob: string, options?: object) => unknown
      for (const glob of ['a/*.js', '!(a|b)/**', '{a,b}[c]', './x\\*'])
        scan(glob, { tokens: true, parts: true })
    }
    const plain = await counted(code, use)
    expect(plain.flatMap(({ ranges }) => ranges).length).toBeGreaterThan(50)
    expect(await translated(code, calls, use)).toEqual(plain)
  })
})

describe('what the guide names as different is so', () => {
  test.each(ways(PROGRAMS_WITHOUT_CALLS, [true]))('$name, calls: $calls', async ({ program, calls }) => {
    const plain = await counted(program.code, useOf(program))
    const found = await translated(program.code, calls, useOf(program))
    expect(found).not.toEqual(plain)
    const namesOf = (functions: readonly V8Function[]) => functions.map(({ functionName }) => functionName)
    expect(namesOf(found)).toEqual(namesOf(plain))
  })
})

test('neighbours of one meaning are one piece, and the end takes what was added there later', () => {
  const insertions = [
    { at: 1, text: 'ab', kind: 'counter' },
    { at: 1, text: 'c', kind: 'calls' },
    { at: 4, text: 'de', kind: 'suspension' },
    { at: 4, text: 'f', kind: 'calls' },
    { at: 9, text: 'ghi', kind: 'guard' },
    { at: 9, text: 'helper', kind: 'helper' },
  ] as const
  expect(piecesOf(insertions, { before: 9, after: 9 + 3 + 3 + 3 + 20 })).toEqual([
    [1, 3, 'nothing'],
    [4, 2, 'wait'],
    [4, 1, 'nothing'],
    [9, 3, 'jump'],
    [9, 20, 'nothing'],
  ])
})

test.each(['guard', 'suspension'] as const)('a %s that does not say so is noticed', async (kind) => {
  const program = {
    name: '',
    arguments: [0, 1, 2],
    code: `
exports.early = (x) => { if (x) { return 1 }
  return 2 }
exports.waits = async (x) => { await (x ? new Promise(() => {}) : 1); return 1 }
`,
  }
  const plain = await counted(program.code, useOf(program))
  const silent = (one: Insertion) => (one.kind === kind ? { ...one, kind: 'calls' as const } : one)
  expect(await translated(program.code, true, useOf(program))).toEqual(plain)
  expect(await translated(program.code, true, useOf(program), silent)).not.toEqual(plain)
})
