import { defineConfig, type RolldownOptions } from 'rolldown'
import { bundleLicenses } from '../../release/bundle-licenses.ts'

/** What runs beside the tests is one file each. */
function bundle(source: string, file: string): RolldownOptions {
  return {
    input: `src/${source}`,
    platform: 'node',
    plugins: [bundleLicenses()],
    external: ['vitest'],
    output: { file: `dist/${file}`, format: file.endsWith('.cjs') ? 'cjs' : 'esm' },
  }
}

export default defineConfig([
  bundle('worker.mts', 'worker.mts'),
  bundle('runner.mts', 'runner.mts'),
  bundle('begin-test-file.ts', 'begin-test-file.cjs'),
  bundle('show-lines.ts', 'show-lines.cjs'),
])
