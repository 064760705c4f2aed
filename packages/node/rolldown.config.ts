import { bundleAlone, bundlePackage } from '../../release/bundle-package.ts'

export default [
  bundlePackage({ 'module-hooks': 'src/load/module-hooks.ts' }),
  // What is required in front of a program shares nothing with it.
  bundleAlone('src/preload.ts', 'dist/preload.cjs', ['./guest.cjs']),
  // What tests start it from shares nothing with them.
  bundleAlone('src/starts.ts', 'dist/starts.cjs'),
  bundleAlone('src/native.ts', 'dist/native.cjs', ['oxc-parser', 'oxc-transform']),
  bundleAlone('src/start.ts', 'dist/guest.cjs', ['oxc-parser', 'oxc-transform']),
]
