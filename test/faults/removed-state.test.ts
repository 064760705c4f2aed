import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCountsFile } from '@tstrace/results/counts-file'
import { expect, test } from 'vitest'
import { folderWith, tstrace } from '../e2e/cli-command/tstrace-command.ts'
import { FRONT_ENDS, frontEndsBut, type SmallProject } from './front-ends.ts'

/*
 * Programs and their tests clean up what they find on the global object. Counts are none of it, those of files that are
 * loaded afterwards included.
 */

const REMOVED: readonly string[] = [
  'delete globalThis.__tstrace__',
  'for (const key of Reflect.ownKeys(globalThis)) if (/tstrace/.test(String(key))) Reflect.deleteProperty(globalThis, key)',
  'for (const key of Object.getOwnPropertyNames(globalThis)) if (/tstrace/.test(key)) Object.freeze(globalThis[key])',
]

const REPLACED: readonly string[] = [
  "Reflect.set(globalThis, '__tstrace__', undefined)",
  "Reflect.set(globalThis, '__tstrace__', {})",
  "Reflect.defineProperty(globalThis, '__tstrace__', { value: null, configurable: true })",
]

/** What is done to each thing that can be reached from its name, and to each property of it. */
const PARTS: readonly string[] = [
  'Reflect.set(part, key, undefined)',
  'Reflect.deleteProperty(part, key)',
  'Object.preventExtensions(part)',
  'Object.seal(part)',
  'ArrayBuffer.isView(part) || Object.freeze(part)',
].map(
  (action) => `{
  const parts = new Set([globalThis.__tstrace__])
  const isOurs = (part) => ArrayBuffer.isView(part) || [null, Object.prototype, Map.prototype].includes(Reflect.getPrototypeOf(part))
  for (const part of parts)
    for (const key of ArrayBuffer.isView(part) ? ['none'] : Reflect.ownKeys(part)) {
      const value = part[key]
      if (typeof value === 'object' && value !== null && isOurs(value)) parts.add(value)
      ${action}
    }
}`,
)

/** The sources, and a program or test that loads one more of them after each step. */
function filesOf(steps: readonly string[], isRunner: boolean, test: string): Record<string, string> {
  const src = isRunner ? '../src' : './src'
  const body = steps.map(
    (step, i) => `${step}; await first(${i + 2}); (await import('${src}/late${i}.ts')).late([1, 2])`,
  )
  const late = `import { twice } from './first.ts'
export function late(values) {
  return values.map(twice).length
}
`
  return {
    [isRunner ? 'test/one.test.ts' : 'main.mjs']: [
      `import { first } from '${src}/first.ts'`,
      ...(isRunner ? [`import { test } from '${test}'`, "test('one', async () => {"] : []),
      ...body,
      ...(isRunner ? ['})'] : []),
    ].join('\n'),
    'src/first.ts': `export async function first(times) {
  for (let at = 0; at < times; at++) await twice(at)
}
export const twice = (value) => value * 2
`,
    ...Object.fromEntries(steps.map((_, i) => [`src/late${i}.ts`, late])),
  }
}

/** What a run counts of the sources. */
async function numbersOf(
  project: SmallProject,
  steps: readonly string[],
): Promise<{ counts: object; edges: object }> {
  const { folder, isRunner } = project
  rmSync(join(folder, 'counts'), { force: true })
  const from = existsSync(join(folder, 'jest.config.json')) ? '@jest/globals' : 'vitest'
  for (const [path, text] of Object.entries(filesOf(steps, isRunner, from)))
    writeFileSync(join(folder, path), text)
  const { status, stderr } = isRunner
    ? await project.run({ env: { TSTRACE: '-f counts -T' } })
    : await tstrace(folder, ['-c', '-T', '-C', 'out', '-f', 'counts', 'main.mjs'])
  expect(status, stderr).toBe(0)
  expect(stderr).not.toContain('tstrace:')
  const results = readCountsFile(join(folder, 'counts')).counted.get('')
  const sources = results?.sources().filter(({ path }) => path.startsWith('src/')) ?? []
  const edges = results?.edges().filter(({ callee }) => callee.path.startsWith('src/')) ?? []
  return {
    counts: sources.map(({ counts, path }) => [path, [...counts]]),
    edges: edges.map((edge) => JSON.stringify(edge)).sort(),
  }
}

test.each(Object.entries(FRONT_ENDS))(
  '%s: what is removed, frozen or replaced on the global object costs no count and no call',
  async (_, make) => {
    const project = make()
    const steps = [...PARTS, ...REMOVED, ...REPLACED]
    const whole = await numbersOf(
      project,
      steps.map(() => ''),
    )
    expect(whole.edges).not.toEqual([])
    expect(await numbersOf(project, steps)).toEqual(whole)
  },
)

/** Ways in which something else takes its name, or what counts is no longer where files look for it. */
const FOREIGN: readonly string[] = [
  "Object.defineProperty(globalThis, '__tstrace__', { value: { files: {} }, configurable: true })",
  "Object.defineProperty(globalThis, '__tstrace__', { get() { throw new Error('not yet') }, configurable: true })",
  "Object.defineProperty(globalThis, '__tstrace__', { value: new Proxy(() => {}, { get: (target) => target }), configurable: true })",
]

const GONE: readonly string[] = [
  'Object.setPrototypeOf(globalThis, null)',
  'Object.setPrototypeOf(globalThis, {})',
  'delete Object.getPrototypeOf(globalThis).__tstrace__',
  "Object.defineProperty(Object.getPrototypeOf(globalThis), '__tstrace__', { get() { throw new Error('no') }, configurable: true })",
]

test.each(frontEndsBut('Jest'))(
  '%s: something else of its name is not taken for what counts',
  async (_, make) => {
    const project = make()
    const plain = FOREIGN.map(() => '')
    expect(await numbersOf(project, FOREIGN)).toEqual(await numbersOf(project, plain))
  },
)

const LATE = `{
  globalThis.late = 1
}
`

test.each(GONE)('the command: what is loaded after %s is said to be missing', async (step) => {
  const folder = folderWith({
    'package.json': '{"name":"demo"}',
    'main.js': `${step}\nrequire('./late.js')\n`,
    'late.js': LATE,
  })
  const { status, stderr } = await tstrace(folder, ['-c', '-C', 'out', '-f', 'counts', 'main.js'])
  expect(status, stderr).toBe(0)
  const { counted, head } = readCountsFile(join(folder, 'counts'))
  expect(head.runs[0]?.losses).toContain('has taken away from the global object what counts')
  expect(stderr).toContain('has taken away from the global object what counts')
  expect([...counted.values()].flatMap((results) => results.sources().map(({ path }) => path))).toContain(
    'main.js',
  )
})

test.each(frontEndsBut('Vitest').filter(([name]) => !/command/i.test(name)))(
  '%s: what is loaded after it was taken away is said to be missing',
  async (_, make) => {
    const { folder, run } = make()
    const from = existsSync(join(folder, 'jest.config.json')) ? '@jest/globals' : 'vitest'
    for (const [path, text] of Object.entries(filesOf([GONE[2] as string], true, from)))
      writeFileSync(join(folder, path), text)
    const { status, stderr } = await run({ env: { TSTRACE: '-f counts' } })
    expect(status, stderr).toBe(0)
    const losses = readCountsFile(join(folder, 'counts')).head.runs.map((one) => one.losses)
    expect(losses.join()).toContain('has taken away from the global object what counts')
  },
)
