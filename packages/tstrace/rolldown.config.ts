import { defineConfig } from 'rolldown'
import { bundleLicenses } from '../../release/bundle-licenses.ts'

/** What answers questions is a few files instead of a hundred, which take longer to find than most answers do. */
export default defineConfig({
  input: { answer: 'src/command/answer.ts' },
  platform: 'node',
  plugins: [bundleLicenses()],
  // The parser is large, and only `why` needs it.
  external: ['@tstrace/instrument/syntax', 'tinyglobby'],
  output: { dir: 'dist/command', format: 'esm', chunkFileNames: 'answer-[name].js' },
})
