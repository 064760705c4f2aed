import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Outcome, root, runCommand, temporaryTree } from './workspace.ts'

const fromRoot = (path: string): string => readFileSync(join(root, path), 'utf8')
const importing = (path: string): string => `import { x } from '${path}'\n\nexport const y: unknown = x\n`
const manifest = (fields: object): string => `${JSON.stringify(fields, null, 2)}\n`
const constants = (count: number): string =>
  Array.from({ length: count }, (_, n) => (n % 2 === 0 ? `export const a${n} = ${n}\n` : '// why\n')).join('')
const lines = (count: number): string => '  total += 1\n'.repeat(count)

const cleanTree: Record<string, string> = {
  'biome.json': fromRoot('biome.json'),
  'lint/import-types.grit': fromRoot('lint/import-types.grit'),
  'packages/core/package.json': manifest({ name: '@tstrace/core', dependencies: { 'oxc-parser': '*' } }),
  'packages/vitest/package.json': manifest({
    name: '@tstrace/vitest',
    dependencies: { '@tstrace/core': '*' },
    peerDependencies: { vitest: '*' },
  }),
  'packages/core/src/errors.ts': 'export const x = 1\n',
  'packages/core/src/printable.ts': 'export const x = 1\n',
  'packages/core/src/index.ts': "export { x } from './errors.ts'\n",
  'packages/core/src/results/site-table.ts': 'export const x = 1\n',
  'packages/core/src/results/coverage-results.ts': importing('./site-table.ts'),
  'packages/core/src/results/read-results.ts': importing('../errors.ts'),
  'packages/core/src/runtime/constants.ts': 'export const x = 1\n',
  'packages/core/src/runtime/state.ts': importing('./constants.ts'),
  'packages/core/src/runtime/recorder.ts': importing('./state.ts'),
  'packages/core/src/source-file/source-kind.ts': 'export const x = 1\n',
  'packages/core/src/source-file/path-from-root.ts': importing('./source-kind.ts'),
  'packages/core/src/results/source-path.ts': 'export const x = 1\n',
  'packages/core/src/instrument/language.ts': importing('../source-file/source-kind.ts'),
  'packages/core/src/filter/name.ts': importing('../results/source-path.ts'),
  'packages/core/src/filter/source.ts': importing('../source-file/path-from-root.ts'),
  'packages/core/src/live/lines.ts': importing('../source-file/path-from-root.ts'),
  'packages/core/src/live/reads.ts': importing('../files/lock-file.ts'),
  'packages/core/src/instrument/names.ts': importing('../results/site-table.ts'),
  'packages/core/src/instrument/parse.ts': importing('oxc-parser'),
  'packages/core/src/instrument/steps/loop.ts': importing('../../runtime/constants.ts'),
  'packages/core/src/instrument/hash.ts': importing('node:crypto'),
  'packages/core/src/instrument/fail.ts': importing('../errors.ts'),
  'packages/core/src/compiled/counters.ts': importing('../instrument/names.ts'),
  'packages/core/src/compiled/table.ts': importing('../results/site-table.ts'),
  'packages/core/src/collect/merge.ts': importing('../results/site-table.ts'),
  'packages/core/src/collect/take.ts': importing('../runtime/constants.ts'),
  'packages/core/src/collect/drain.ts': importing('../runtime/state.ts'),
  'packages/core/src/counts-file/write.ts': importing('../files/lock-file.ts'),
  'packages/core/src/counts-file/shown.ts': importing('../printable.ts'),
  'packages/core/src/counts-file/read.ts': importing('../results/site-table.ts'),
  'packages/core/src/files/lock-file.ts': importing('../errors.ts'),
  'packages/core/src/files/output-file.ts': 'export const x = 1\n',
  'packages/core/src/report/listings.ts': importing('../files/output-file.ts'),
  'packages/core/src/report/names.ts': importing('../errors.ts'),
  'packages/core/src/filter/verdict.ts': importing('../errors.ts'),
  'packages/core/src/report/summary.ts': importing('../results/coverage-results.ts'),
  'packages/core/src/options/parse.ts': importing('../errors.ts'),
  'packages/core/src/run/traced-run.ts': importing('../collect/merge.ts'),
  'packages/core/src/run/fail.ts': importing('../errors.ts'),
  'packages/jest/package.json': manifest({ name: '@tstrace/jest', dependencies: { '@tstrace/core': '*' } }),
  'packages/jest/src/config/orders.ts': importing('@tstrace/core'),
  'packages/jest/src/maps/map-notes.ts': 'export const x = 1\n',
  'packages/jest/src/worker/runtime.ts': importing('../maps/map-notes.ts'),
  'packages/jest/src/worker/end.ts': importing('../config/orders.ts'),
  'packages/jest/src/transform/transformer.ts': importing('../worker/end.ts'),
  'packages/jest/src/transform/through.ts': importing('../maps/map-notes.ts'),
  'packages/jest/src/reporter/reporter.ts': importing('../config/orders.ts'),
  'packages/jest/src/reporter/end.ts': importing('../worker/end.ts'),
  'packages/node/package.json': manifest({ name: '@tstrace/node', dependencies: { '@tstrace/core': '*' } }),
  'packages/node/src/load/hooks.ts': importing('@tstrace/core/program'),
  'packages/questions/package.json': manifest({
    name: '@tstrace/questions',
    dependencies: { '@tstrace/core': '*' },
  }),
  'packages/questions/src/recording/target.ts': importing('@tstrace/core'),
  'packages/questions/src/answers/answer-tests.ts': importing('../recording/target.ts'),
  'packages/questions/src/texts/tests-text.ts': importing('../answers/answer-tests.ts'),
  'packages/vitest/src/reporter.ts': importing('@tstrace/core'),
  'packages/vitest/src/worker.ts': importing('vitest'),
}

async function lint(changes: Record<string, string>): Promise<Outcome> {
  const tree = temporaryTree({ ...cleanTree, ...changes })
  return await runCommand(
    join(root, 'node_modules/.bin/biome'),
    ['ci', '--colors=off', '--error-on-warnings', '--max-diagnostics=50', '.'],
    { cwd: tree },
  )
}

test('a tree that keeps the rules passes', async () => {
  const { status, output } = await lint({})
  expect(output).toContain(`Checked ${Object.keys(cleanTree).length} files`)
  expect(status).toBe(0)
})

const arrows: [what: string, file: string, imported: string, message: string][] = [
  ['results → the barrel', 'core/src/results/a.ts', '../index.ts', 'results is plain data'],
  ['results → Node', 'core/src/results/a.ts', 'node:fs', 'results is plain data'],
  ['results → a package', 'core/src/results/a.ts', 'oxc-parser', 'results is plain data'],
  ['results → runtime', 'core/src/results/a.ts', '../runtime/constants.ts', 'results is plain data'],
  ['runtime → errors', 'core/src/runtime/a.ts', '../errors.ts', 'runtime is a guest'],
  ['runtime → Node', 'core/src/runtime/a.ts', 'node:fs', 'runtime is a guest'],
  ['runtime → results', 'core/src/runtime/a.ts', '../results/site-table.ts', 'runtime is a guest'],
  ['source-file → errors', 'core/src/source-file/a.ts', '../errors.ts', 'source-file says what'],
  ['source-file → the filter', 'core/src/source-file/a.ts', '../filter/verdict.ts', 'source-file says what'],
  ['source-file → Node', 'core/src/source-file/a.ts', 'node:fs', 'source-file says what'],
  [
    'instrument → results',
    'core/src/instrument/a.ts',
    '../results/coverage-results.ts',
    'instrument knows only',
  ],
  [
    'a deep folder of instrument → results',
    'core/src/instrument/steps/a.ts',
    '../../results/coverage-results.ts',
    'instrument knows only',
  ],
  ['instrument → collect', 'core/src/instrument/a.ts', '../collect/merge.ts', 'instrument knows only'],
  ['instrument → report', 'core/src/instrument/a.ts', '../report/summary.ts', 'instrument knows only'],
  ['instrument → compiled', 'core/src/instrument/a.ts', '../compiled/table.ts', 'instrument knows only'],
  ['compiled → collect', 'core/src/compiled/a.ts', '../collect/merge.ts', 'compiled knows only'],
  ['compiled → results', 'core/src/compiled/a.ts', '../results/coverage-results.ts', 'compiled knows only'],
  ['compiled → a runner', 'core/src/compiled/a.ts', 'vite', 'compiled knows only'],
  ['collect → instrument', 'core/src/collect/a.ts', '../instrument/names.ts', 'collect knows only'],
  ['collect → the runtime itself', 'core/src/collect/a.ts', '../runtime/recorder.ts', 'collect knows only'],
  ['collect → report', 'core/src/collect/a.ts', '../report/summary.ts', 'collect knows only'],
  ['report → collect', 'core/src/report/a.ts', '../collect/merge.ts', 'report knows only'],
  ['report → instrument', 'core/src/report/a.ts', '../instrument/names.ts', 'report knows only'],
  ['report → counts-file', 'core/src/report/a.ts', '../counts-file/write.ts', 'report knows only'],
  ['counts-file → collect', 'core/src/counts-file/a.ts', '../collect/merge.ts', 'counts-file knows only'],
  ['counts-file → a listing', 'core/src/counts-file/a.ts', '../report/summary.ts', 'counts-file knows only'],
  ['counts-file → run', 'core/src/counts-file/a.ts', '../run/fail.ts', 'counts-file knows only'],
  ['files → results', 'core/src/files/a.ts', '../results/site-table.ts', 'files is how files are read'],
  ['files → report', 'core/src/files/a.ts', '../report/summary.ts', 'files is how files are read'],
  ['files → counts-file', 'core/src/files/a.ts', '../counts-file/read.ts', 'files is how files are read'],
  ['files → a runner', 'core/src/files/a.ts', 'vitest/node', 'files is how files are read'],
  ['report → writing', 'core/src/report/a.ts', '../files/lock-file.ts', 'report knows only'],
  ['live → run', 'core/src/live/a.ts', '../run/fail.ts', 'live shows lines'],
  ['filter → options', 'core/src/filter/a.ts', '../options/parse.ts', 'filter knows only'],
  ['filter → results', 'core/src/filter/a.ts', '../results/coverage-results.ts', 'filter knows only'],
  ['options → report', 'core/src/options/a.ts', '../report/summary.ts', 'options knows only'],
  ['a phase → run', 'core/src/report/a.ts', '../run/traced-run.ts', 'report knows only'],
  ['run → the barrel', 'core/src/run/a.ts', '../index.ts', 'run joins the phases'],
  ['run → a runner', 'core/src/run/a.ts', 'vitest/node', 'run joins the phases'],
  ['a phase → the barrel', 'core/src/report/a.ts', '../index.ts', 'report knows only'],
  ['core → a runner', 'core/src/report/a.ts', 'vitest/node', 'report knows only'],
  ['core → an adapter', 'core/src/a.ts', '@tstrace/vitest', 'Core knows no test runner'],
  ['adapter → adapter', 'vitest/src/a.ts', '@tstrace/jest', 'never at another adapter'],
  ['adapter → the front', 'vitest/src/a.ts', 'tstrace', 'never at another adapter'],
  ['adapter → inside core', 'vitest/src/a.ts', '../../core/src/index.ts', 'never at another adapter'],
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
  [
    'a recording → an answer',
    'questions/src/recording/a.ts',
    '../answers/answer-tests.ts',
    'knows no answer',
  ],
  ['an answer → a text', 'questions/src/answers/a.ts', '../texts/tests-text.ts', 'An answer is data'],
  ['an answer → the disk', 'questions/src/answers/a.ts', 'node:fs', 'An answer is data'],
]

test.each(arrows)('%s fails and says what to do instead', async (_what, file, imported, message) => {
  const { status, output } = await lint({ [`packages/${file}`]: importing(imported) })
  expect(output).toContain('lint/style/noRestrictedImports')
  expect(output).toContain(message)
  expect(status).not.toBe(0)
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

test('every phase of core and every adapter has its arrows', () => {
  const config: { overrides: { includes: string[] }[] } = JSON.parse(fromRoot('biome.json'))
  const guarded = config.overrides.flatMap((override) => override.includes)
  const folders = (path: string): string[] =>
    readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? entry.name : [],
    )
  for (const phase of folders('packages/core/src')) expect(guarded).toContain(`packages/core/src/${phase}/**`)
  for (const name of folders('packages')) {
    // core is guarded phase by phase; the front joins everything and is nobody's dependency.
    if (name !== 'core' && name !== 'tstrace') expect(guarded).toContain(`packages/${name}/src/**`)
  }
})
