import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './workspace.ts'

/** A file of the repository. */
export const fromRoot = (path: string): string => readFileSync(join(root, path), 'utf8')
/** A source that imports a name. */
export const importing = (path: string, name = 'x'): string =>
  `import { ${name} } from '${path}'\n\nexport const y: unknown = ${name}\n`
const manifest = (fields: object): string => `${JSON.stringify(fields, null, 2)}\n`

/** A file for each arrow that is allowed, by its path. */
export const cleanTree: Record<string, string> = {
  'biome.json': fromRoot('biome.json'),
  'lint/import-types.grit': fromRoot('lint/import-types.grit'),
  'packages/results/package.json': manifest({ name: '@tstrace/results' }),
  'packages/results/src/index.ts': "export { x } from './errors.ts'\n",
  'packages/results/src/files.ts': "export { x } from './files/output-file.ts'\n",
  'packages/results/src/errors.ts': 'export const x = 1\n',
  'packages/results/src/printable.ts': 'export const x = 1\n',
  'packages/results/src/results/site-table.ts': 'export const x = 1\n',
  'packages/results/src/results/coverage-results.ts': importing('./site-table.ts'),
  'packages/results/src/results/read-results.ts': importing('../errors.ts'),
  'packages/results/src/files/lock-file.ts': importing('../errors.ts'),
  'packages/results/src/files/output-file.ts': 'export const x = 1\n',
  'packages/results/src/counts-file/write.ts': importing('../files/lock-file.ts'),
  'packages/results/src/counts-file/shown.ts': importing('../printable.ts'),
  'packages/results/src/counts-file/read.ts': importing('../results/site-table.ts'),
  'packages/instrument/package.json': manifest({
    name: '@tstrace/instrument',
    dependencies: { '@tstrace/results': '*', 'oxc-parser': '*' },
  }),
  'packages/instrument/src/index.ts': "export { y } from './instrument/names.ts'\n",
  'packages/instrument/src/runtime/constants.ts': 'export const x = 1\n',
  'packages/instrument/src/runtime/state.ts': importing('./constants.ts'),
  'packages/instrument/src/source-file/source-kind.ts': 'export const x = 1\n',
  'packages/instrument/src/source-file/path-from-root.ts': importing('./source-kind.ts'),
  'packages/instrument/src/instrument/language.ts': importing('../source-file/source-kind.ts'),
  'packages/instrument/src/instrument/names.ts': importing('@tstrace/results', 'SiteTable'),
  'packages/instrument/src/instrument/parse.ts': importing('oxc-parser'),
  'packages/instrument/src/instrument/steps/loop.ts': importing('../../runtime/constants.ts'),
  'packages/instrument/src/instrument/hash.ts': importing('node:crypto'),
  'packages/instrument/src/instrument/fail.ts': importing('@tstrace/results/errors'),
  'packages/instrument/src/compiled/counters.ts': importing('../instrument/names.ts'),
  'packages/instrument/src/compiled/table.ts': importing('@tstrace/results', 'Place'),
  'packages/core/package.json': manifest({
    name: '@tstrace/core',
    dependencies: { '@tstrace/instrument': '*', '@tstrace/results': '*' },
  }),
  'packages/core/src/index.ts': "export { y } from './collect/merge.ts'\n",
  'packages/core/src/collect/merge.ts': importing('@tstrace/results/internal'),
  'packages/core/src/collect/take.ts': importing('@tstrace/instrument/runtime'),
  'packages/core/src/collect/fail.ts': importing('@tstrace/results/errors'),
  'packages/core/src/report/listings.ts': importing('@tstrace/results/writing', 'OutputFile'),
  'packages/core/src/report/names.ts': importing('@tstrace/results/printable'),
  'packages/core/src/report/summary.ts': importing('@tstrace/results'),
  'packages/core/src/live/lines.ts': importing('@tstrace/instrument/source-file'),
  'packages/core/src/live/reads.ts': importing('@tstrace/results/files'),
  'packages/core/src/live/state.ts': importing('@tstrace/instrument/runtime', 'LiveFile'),
  'packages/core/src/live/place.ts': importing('../report/names.ts'),
  'packages/core/src/filter/name.ts': importing('@tstrace/results/internal', 'pathProblem'),
  'packages/core/src/filter/source.ts': importing('@tstrace/instrument/source-file'),
  'packages/core/src/filter/verdict.ts': importing('@tstrace/results/errors'),
  'packages/core/src/options/parse.ts': importing('@tstrace/results/errors'),
  'packages/core/src/run/traced-run.ts': importing('../collect/merge.ts'),
  'packages/core/src/run/counts.ts': importing('@tstrace/results/counts-file'),
  'packages/core/src/run/tables.ts': importing('@tstrace/instrument'),
  'packages/vitest/package.json': manifest({
    name: '@tstrace/vitest',
    dependencies: { '@tstrace/core': '*', '@tstrace/instrument': '*', '@tstrace/results': '*' },
    peerDependencies: { vitest: '*' },
  }),
  'packages/vitest/src/text.ts': importing('@tstrace/results/printable'),
  'packages/vitest/src/path.ts': importing('@tstrace/instrument/source-file'),
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
  'packages/vitest/src/reporter.ts': importing('@tstrace/core'),
  'packages/vitest/src/worker.ts': importing('vitest'),
}
