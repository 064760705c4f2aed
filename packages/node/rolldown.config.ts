import { bundleAlone, bundlePackage } from '../../release/bundle-package.ts'

export default [
  bundlePackage({ 'module-hooks': 'src/load/module-hooks.ts' }),
  // What is required in front of a program shares nothing with it.
  bundleAlone('src/preload.ts', 'dist/preload.cjs', ['./guest.cjs']),
  bundleAlone('src/start.ts', 'dist/guest.cjs', ['oxc-parser', 'oxc-transform']),
]
