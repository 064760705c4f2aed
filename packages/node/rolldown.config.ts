import { defineConfig } from 'rolldown'
import { bundleLicenses } from '../../release/bundle-licenses.ts'

const platform = 'node'
const plugins = [bundleLicenses()]

export default defineConfig([
  {
    input: 'src/preload.ts',
    platform,
    plugins,
    external: ['./guest.cjs'],
    output: { file: 'dist/preload.cjs', format: 'cjs' },
  },
  {
    input: 'src/start.ts',
    platform,
    plugins,
    external: ['oxc-parser', 'oxc-transform'],
    output: { file: 'dist/guest.cjs', format: 'cjs' },
  },
])
