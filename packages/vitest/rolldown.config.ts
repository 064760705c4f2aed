import { defineConfig, type RolldownOptions } from 'rolldown'
import { bundleLicenses } from '../../release/bundle-licenses.ts'

/** What runs beside the tests is one file each. */
function bundle(name: string): RolldownOptions {
  return {
    input: `src/${name}.mts`,
    platform: 'node',
    plugins: [bundleLicenses()],
    external: ['vitest'],
    output: { file: `dist/${name}.mts`, format: 'esm' },
  }
}

export default defineConfig([bundle('worker'), bundle('runner')])
