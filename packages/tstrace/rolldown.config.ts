import { readFileSync } from 'node:fs'
import type { Plugin, RolldownOptions } from 'rolldown'
import {
  bundleAlone,
  bundleForBrowsers,
  bundleProgram,
  bundleWithPackages,
} from '../../release/bundle-package.ts'

/**
 * What tests load is here as it is in the packages of the adapters, whose reporters look for it beside themselves. What
 * instruments a program in its own process is used rarely, and stays where what it needs of others is installed.
 */
export default [
  bundleWithPackages(
    {
      transformer: '../jest/src/transform/transformer.ts',
      runtime: '../jest/src/worker/runtime.ts',
      instrumenter: '../jest/src/transform/instrumenter.ts',
      'in-node': 'src/in-node.ts',
    },
    { external: ['@tstrace/node/load'], without: ['index'] },
  ),
  bundleAlone('../results/src/files/compiled-code.ts', 'dist/compiled-code.js'),
  bundleAlone('src/index.ts', 'dist/index.js'),
  forCommonJs(bundleAlone('src/index.ts', 'dist/index.cjs')),
  bundleAlone('../vitest/src/worker/worker.mts', 'dist/worker.mts', ['vitest']),
  bundleAlone('../vitest/src/worker/runner.mts', 'dist/runner.mts', ['vitest']),
  // The same, for where Node loads them itself.
  bundleAlone('../vitest/src/worker/worker.mts', 'dist/worker.mjs', ['vitest']),
  bundleAlone('../vitest/src/worker/runner.mts', 'dist/runner.mjs', ['vitest']),
  bundleForBrowsers('../vitest/src/browser/count-in-page.mts', 'dist/in-browser.mjs', ['vitest']),
  bundleAlone('../vitest/src/worker/begin-test-file.ts', 'dist/begin-test-file.cjs'),
  bundleAlone('../vitest/src/worker/show-lines.ts', 'dist/show-lines.cjs'),
  bundleProgram('src/command/main.ts', 'dist/command', {
    together: [['src/command/main.ts']],
    elsewhere: {
      './command.ts': './program/command.cjs',
      './questions/answer.ts': './questions/answer.cjs',
    },
    loader: '../compiled-code.js',
  }),
  bundleProgram('src/command/questions/answer.ts', 'dist/command/questions', {
    together: [['src/command/questions/answer.ts', '../questions/src/index.ts']],
  }),
  // What follows when the program has ended takes its time while that runs.
  bundleProgram('src/command/command.ts', 'dist/command/program', {
    together: [['src/command/command.ts'], ['src/command/program/conclude.ts']],
  }),
]

/** Tests may have replaced what would make a URL of a path. Types have a file of their own: a compiler writes them for one form only. */
function forCommonJs(options: RolldownOptions): RolldownOptions {
  const types: Plugin = {
    name: 'types-for-commonjs',
    buildStart() {
      this.emitFile({
        type: 'asset',
        fileName: 'index.d.cts',
        source: readFileSync('src/index.d.cts', 'utf8'),
      })
    },
  }
  return {
    ...options,
    transform: { define: { 'import.meta.url': '__filename' } },
    plugins: [options.plugins, types],
  }
}
