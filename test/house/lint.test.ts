import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cleanTree, fromRoot, importing } from './clean-tree.ts'
import { type Outcome, root, runCommand, temporaryTree } from './workspace.ts'

const constants = (count: number): string =>
  Array.from({ length: count }, (_, n) => (n % 2 === 0 ? `export const a${n} = ${n}\n` : '// why\n')).join('')
const lines = (count: number): string => '  total += 1\n'.repeat(count)

async function lint(changes: Record<string, string>): Promise<Outcome> {
  const tree = temporaryTree({ ...cleanTree, ...changes })
  return await runCommand(
    join(root, 'node_modules/.bin/biome'),
    ['ci', '--colors=off', '--error-on-warnings', '--max-diagnostics=none', '.'],
    { cwd: tree },
  )
}

test('a tree that keeps the rules passes', async () => {
  const { status, output } = await lint({})
  expect(output).toContain(`Checked ${Object.keys(cleanTree).length} files`)
  expect(status).toBe(0)
})

const arrows: [what: string, file: string, imported: string, message: string][] = [
  ['results → the barrel', 'results/src/results/a.ts', '../index.ts', 'results is plain data'],
  ['results → Node', 'results/src/results/a.ts', 'node:fs', 'results is plain data'],
  ['results → a package', 'results/src/results/a.ts', 'oxc-parser', 'results is plain data'],
  ['results → files', 'results/src/results/a.ts', '../files/lock-file.ts', 'results is plain data'],
  ['files → results', 'results/src/files/a.ts', '../results/site-table.ts', 'files is how files are read'],
  ['files → counts-file', 'results/src/files/a.ts', '../counts-file/read.ts', 'files is how files are read'],
  ['files → a runner', 'results/src/files/a.ts', 'vitest/node', 'files is how files are read'],
  ['counts-file → the barrel', 'results/src/counts-file/a.ts', '../index.ts', 'counts-file knows only'],
  ['counts-file → core', 'results/src/counts-file/a.ts', '@tstrace/core', 'counts-file knows only'],
  ['the entries of results → core', 'results/src/a.ts', '@tstrace/core', 'Results are for those who read'],
  [
    'the entries of results → instrument',
    'results/src/a.ts',
    '@tstrace/instrument',
    'Results are for those who read',
  ],
  ['runtime → errors', 'instrument/src/runtime/a.ts', '@tstrace/results/errors', 'runtime is a guest'],
  ['runtime → Node', 'instrument/src/runtime/a.ts', 'node:fs', 'runtime is a guest'],
  ['runtime → instrument', 'instrument/src/runtime/a.ts', '../instrument/a.ts', 'runtime is a guest'],
  [
    'source-file → errors',
    'instrument/src/source-file/a.ts',
    '@tstrace/results/errors',
    'source-file says what',
  ],
  [
    'source-file → instrument',
    'instrument/src/source-file/a.ts',
    '../instrument/a.ts',
    'source-file says what',
  ],
  ['source-file → Node', 'instrument/src/source-file/a.ts', 'node:fs', 'source-file says what'],
  [
    'instrument → more than the types of results',
    'instrument/src/instrument/a.ts',
    '@tstrace/results',
    'instrument knows only',
  ],
  [
    'a deep folder of instrument → results',
    'instrument/src/instrument/steps/a.ts',
    '@tstrace/results/internal',
    'instrument knows only',
  ],
  ['instrument → core', 'instrument/src/instrument/a.ts', '@tstrace/core', 'instrument knows only'],
  ['instrument → files', 'instrument/src/instrument/a.ts', '@tstrace/results/files', 'instrument knows only'],
  ['instrument → compiled', 'instrument/src/instrument/a.ts', '../compiled/a.ts', 'instrument knows only'],
  ['instrument → the barrel', 'instrument/src/instrument/a.ts', '../index.ts', 'instrument knows only'],
  ['components → compiled', 'instrument/src/components/a.ts', '../compiled/a.ts', 'components knows only'],
  ['components → core', 'instrument/src/components/a.ts', '@tstrace/core', 'components knows only'],
  [
    'compiled → more than the types of results',
    'instrument/src/compiled/a.ts',
    '@tstrace/results',
    'compiled knows only',
  ],
  ['compiled → runtime', 'instrument/src/compiled/a.ts', '../runtime/state.ts', 'compiled knows only'],
  ['compiled → a runner', 'instrument/src/compiled/a.ts', 'vite', 'compiled knows only'],
  ['the entries of instrument → core', 'instrument/src/a.ts', '@tstrace/core', 'The instrumenter knows'],
  ['the entries of instrument → a runner', 'instrument/src/a.ts', 'vite', 'The instrumenter knows'],
  ['collect → instrument', 'core/src/collect/a.ts', '@tstrace/instrument', 'collect knows only'],
  ['collect → files', 'core/src/collect/a.ts', '@tstrace/results/files', 'collect knows only'],
  ['collect → report', 'core/src/collect/a.ts', '../report/summary.ts', 'collect knows only'],
  ['watch → run', 'core/src/watch/a.ts', '../run/losses.ts', 'watch knows what was'],
  ['watch → a runner', 'core/src/watch/a.ts', 'vitest/node', 'watch knows what was'],
  ['report → collect', 'core/src/report/a.ts', '../collect/merge.ts', 'report knows only'],
  ['report → instrument', 'core/src/report/a.ts', '@tstrace/instrument', 'report knows only'],
  ['report → counts-file', 'core/src/report/a.ts', '@tstrace/results/counts-file', 'report knows only'],
  ['report → writing', 'core/src/report/a.ts', '@tstrace/results/writing', 'report knows only'],
  ['live → run', 'core/src/live/a.ts', '../run/counts.ts', 'live shows lines'],
  [
    'live → more than the types of runtime',
    'core/src/live/a.ts',
    '@tstrace/instrument/runtime',
    'live shows lines',
  ],
  ['filter → options', 'core/src/filter/a.ts', '../options/parse.ts', 'filter knows only'],
  ['filter → results', 'core/src/filter/a.ts', '@tstrace/results', 'filter knows only'],
  ['filter → more than paths', 'core/src/filter/a.ts', '@tstrace/results/internal', 'filter knows only'],
  ['options → report', 'core/src/options/a.ts', '../report/summary.ts', 'options knows only'],
  ['options → results', 'core/src/options/a.ts', '@tstrace/results', 'options knows only'],
  ['a phase → run', 'core/src/report/a.ts', '../run/traced-run.ts', 'report knows only'],
  ['run → the barrel', 'core/src/run/a.ts', '../index.ts', 'run joins the phases'],
  ['run → a runner', 'core/src/run/a.ts', 'vitest/node', 'run joins the phases'],
  ['run → an adapter', 'core/src/run/a.ts', '@tstrace/vitest', 'run joins the phases'],
  ['a phase → the barrel', 'core/src/report/a.ts', '../index.ts', 'report knows only'],
  ['core → a runner', 'core/src/report/a.ts', 'vitest/node', 'report knows only'],
  ['core → an adapter', 'core/src/a.ts', '@tstrace/vitest', 'Core knows no test runner'],
  ['adapter → adapter', 'vitest/src/a.ts', '@tstrace/jest', 'never at another adapter'],
  ['adapter → inside node', 'vitest/src/a.ts', '../../node/src/start.ts', 'never at another adapter'],
  ['adapter → the front', 'vitest/src/a.ts', 'tstrace', 'never at another adapter'],
  ['adapter → inside core', 'vitest/src/a.ts', '../../core/src/index.ts', 'never at another adapter'],
  ['adapter → inside results', 'vitest/src/a.ts', '../../results/src/errors.ts', 'never at another adapter'],
  ['reporter → transform', 'jest/src/reporter/a.ts', '../transform/transformer.ts', 'never transforms'],
  ['reporter → maps', 'jest/src/reporter/a.ts', '../maps/map-notes.ts', 'never transforms'],
  ['reporter → another adapter', 'jest/src/reporter/a.ts', '@tstrace/vitest', 'never transforms'],
  ['transform → reporter', 'jest/src/transform/a.ts', '../reporter/reporter.ts', 'there is no reporter'],
  [
    'worker → transform',
    'jest/src/worker/a.ts',
    '../transform/transformer.ts',
    'worker runs beside the tests',
  ],
  ['worker → reporter', 'jest/src/worker/a.ts', '../reporter/reporter.ts', 'worker runs beside the tests'],
  ['maps → config', 'jest/src/maps/a.ts', '../config/orders.ts', 'maps says where'],
  ['config → worker', 'jest/src/config/a.ts', '../worker/end.ts', 'knows no other room'],
  ['node → a runner', 'node/src/a.ts', 'vitest', 'at no runner'],
  ['node → the front', 'node/src/a.ts', 'tstrace', 'at no runner'],
  ['node → inside core', 'node/src/a.ts', '../../core/src/index.ts', 'at no runner'],
  ['questions → a runner', 'questions/src/a.ts', 'vitest', 'knows no runner'],
  ['questions → the front', 'questions/src/a.ts', 'tstrace', 'knows no runner'],
  ['questions → the disk', 'questions/src/a.ts', 'node:fs', 'knows no runner'],
  ['a text → the disk', 'questions/src/texts/a.ts', 'node:fs', 'knows no runner'],
  ['formats → core', 'formats/src/a.ts', '@tstrace/core', 'A format is a pure function'],
  ['formats → the disk', 'formats/src/a.ts', 'node:fs', 'A format is a pure function'],
  ['formats → a runner', 'formats/src/a.ts', 'vitest', 'A format is a pure function'],
  ['formats → what writes', 'formats/src/a.ts', '@tstrace/results/writing', 'A format is a pure function'],
  [
    'a recording → an answer',
    'questions/src/recording/a.ts',
    '../answers/answer-tests.ts',
    'knows no answer',
  ],
  ['an answer → a text', 'questions/src/answers/a.ts', '../texts/tests-text.ts', 'An answer is data'],
  ['an answer → the disk', 'questions/src/answers/a.ts', 'node:fs', 'An answer is data'],
  ['an answer → what parses', 'questions/src/answers/a.ts', '../why/find-reason.ts', 'An answer is data'],
  ['why → a text', 'questions/src/why/a.ts', '../texts/why-text.ts', 'An answer is data'],
  ['an answer → what compares', 'questions/src/answers/a.ts', '../diff/compared.ts', 'An answer is data'],
  ['diff → a text', 'questions/src/diff/a.ts', '../texts/diff-text.ts', 'An answer is data'],
  ['why → the instrumenter', 'questions/src/why/a.ts', '@tstrace/instrument', 'An answer is data'],
  ['the writer of pages → a runner', 'page/src/writer/a.ts', 'vitest', 'knows no runner'],
  ['the writer of pages → core', 'page/src/writer/a.ts', '@tstrace/core', 'knows no runner'],
  [
    'the writer of pages → the application',
    'page/src/writer/a.ts',
    '../app/opened-source.ts',
    'knows no runner',
  ],
  ['the application → Node', 'page/src/app/a.ts', 'node:fs', 'runs in a browser'],
  ['the application → the writer', 'page/src/app/a.ts', '../writer/page-file.ts', 'runs in a browser'],
  ['the chunks → Node', 'page/src/a.ts', 'node:fs', 'only the types of the chunks'],
]

describe('arrows that are broken, each in a file of its own', () => {
  const broken = arrows.map(([what, file, imported, message], n) => ({
    what,
    path: `packages/${file.replace(/a\.ts$/, `broken-${n}.ts`)}`,
    imported,
    message,
  }))
  let said: Promise<ReadonlyMap<string, string>> | undefined

  /** What is said of each file. */
  async function lintAll(): Promise<ReadonlyMap<string, string>> {
    const files = Object.fromEntries(broken.map(({ imported, path }) => [path, importing(imported)]))
    const { status, output } = await lint(files)
    expect(status).not.toBe(0)
    const parts = output.split(/^(?=\S+:\d+:\d+ lint\/style\/noRestrictedImports )/m).slice(1)
    return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]))
  }

  test.each(broken)('$what fails and says what to do instead', async ({ message, path }) => {
    said ??= lintAll()
    expect((await said).get(path)).toContain(message)
  })
})

const forms: [what: string, source: string, rule: string][] = [
  [
    'import type',
    "import type { x } from '../report/summary.ts'\n\nexport type Y = typeof x\n",
    'noRestrictedImports',
  ],
  ['export from', "export { y } from '../report/summary.ts'\n", 'noRestrictedImports'],
  ['export * from', "export * from '../report/summary.ts'\n", 'noRestrictedImports'],
  ['import()', "export const y: unknown = import('../report/summary.ts')\n", 'noRestrictedImports'],
  [
    'a type that is an import()',
    "export type Y = import('../report/summary.ts').y\n",
    'import arrows are checked',
  ],
]

test.each(forms)('an arrow holds for %s', async (_what, source, rule) => {
  const { status, output } = await lint({ 'packages/core/src/collect/a.ts': source })
  expect(output).toContain(rule)
  expect(status).not.toBe(0)
})

const guards: [what: string, files: Record<string, string>, rule: string][] = [
  [
    'an import cycle',
    {
      'packages/core/src/collect/a.ts': "import { b } from './b.ts'\n\nexport const a: number = b\n",
      'packages/core/src/collect/b.ts': "import { a } from './a.ts'\n\nexport const b: number = a\n",
    },
    'noImportCycles',
  ],
  [
    'an import cycle of types',
    {
      'packages/core/src/collect/a.ts': "import type { B } from './b.ts'\n\nexport type A = B | 1\n",
      'packages/core/src/collect/b.ts': "import type { A } from './a.ts'\n\nexport type B = A[]\n",
    },
    'noImportCycles',
  ],
  ['a file of 301 lines', { 'packages/core/src/report/a.ts': constants(301) }, 'noExcessiveLinesPerFile'],
  [
    'a function of 51 lines',
    {
      'packages/core/src/report/a.ts': `export function a(total: number): number {\n${lines(50)}  return total\n}\n`,
    },
    'noExcessiveLinesPerFunction',
  ],
  [
    'a fourth positional parameter',
    {
      'packages/core/src/report/a.ts': 'export const a = (b: 1, c: 1, d: 1, e: 1): number => b + c + d + e\n',
    },
    'useMaxParams',
  ],
  [
    'a barrel in a folder',
    { 'packages/core/src/report/all.ts': "export { y } from './summary.ts'\n" },
    'noBarrelFile',
  ],
  [
    'a package that is not declared',
    { 'packages/core/src/report/a.ts': importing('acorn') },
    'noUndeclaredDependencies',
  ],
  [
    'a file name that is not kebab-case',
    { 'packages/core/src/report/aB.ts': 'export const a = 1\n' },
    'useFilenamingConvention',
  ],
  ['any', { 'packages/core/src/report/a.ts': 'export const a: any = 1\n' }, 'noExplicitAny'],
  ['formatting', { 'packages/core/src/report/a.ts': 'export const a = "1";\n' }, 'Found 1 error'],
]

test.each(guards)('%s fails', async (_what, files, rule) => {
  const { status, output } = await lint(files)
  expect(output).toContain(rule)
  expect(status).not.toBe(0)
})

test('a file of 300 lines and a function of 50 pass', async () => {
  const { status, output } = await lint({
    'packages/core/src/report/a.ts': constants(300),
    'packages/core/src/report/b.ts': `export function b(total: number): number {\n${lines(49)}  return total\n}\n`,
  })
  expect({ status, output }).toMatchObject({ status: 0 })
})

/** Guarded folder by folder. */
const WITH_ROOMS = ['results', 'instrument', 'core', 'page']

test('every room of these packages, their entries, and every adapter have their arrows', () => {
  const config: { overrides: { includes: string[] }[] } = JSON.parse(fromRoot('biome.json'))
  const guarded = config.overrides.flatMap((override) => override.includes)
  const folders = (path: string): string[] =>
    readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? entry.name : [],
    )
  for (const name of WITH_ROOMS) {
    expect(guarded).toContain(`packages/${name}/src/*.ts`)
    for (const room of folders(`packages/${name}/src`))
      expect(guarded).toContain(`packages/${name}/src/${room}/**`)
  }
  for (const name of folders('packages')) {
    // The front joins everything and is nobody's dependency.
    if (!WITH_ROOMS.includes(name) && name !== 'tstrace') expect(guarded).toContain(`packages/${name}/src/**`)
  }
})
