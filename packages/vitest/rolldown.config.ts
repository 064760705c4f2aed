import { bundleAlone, bundleForBrowsers, bundlePackage } from '../../release/bundle-package.ts'

/** What runs beside the tests is one file each. */
export default [
  bundlePackage(),
  bundleAlone('src/worker/worker.mts', 'dist/worker.mts', ['vitest']),
  bundleAlone('src/worker/runner.mts', 'dist/runner.mts', ['vitest']),
  // The same, for where Node loads them itself.
  bundleAlone('src/worker/worker.mts', 'dist/worker.mjs', ['vitest']),
  bundleAlone('src/worker/runner.mts', 'dist/runner.mjs', ['vitest']),
  bundleForBrowsers('src/browser/count-in-page.mts', 'dist/in-browser.mjs', ['vitest']),
  bundleAlone('src/worker/begin-test-file.ts', 'dist/begin-test-file.cjs'),
  bundleAlone('src/worker/show-lines.ts', 'dist/show-lines.cjs'),
]
