import { defineConfig } from 'rolldown'
import { bundleLicenses } from '../../release/bundle-licenses.ts'

export default defineConfig({
  input: 'src/worker.mts',
  platform: 'node',
  plugins: [bundleLicenses()],
  external: ['vitest'],
  output: { file: 'dist/worker.mts', format: 'esm' },
})
