import { bundleAlone, bundlePackage } from '../../release/bundle-package.ts'
import { hashedFile } from '../../release/compiled-entries.ts'

const guest = bundleAlone('src/start.ts', 'dist/guest.cjs', ['oxc-parser', 'oxc-transform'])

export default [
  bundlePackage({ 'module-hooks': 'src/load/module-hooks.ts' }),
  // What is required in front of a program shares nothing with it.
  bundleAlone('src/preload.ts', 'dist/preload.cjs'),
  // What tests start it from shares nothing with them.
  bundleAlone('src/starts.ts', 'dist/starts.cjs'),
  bundleAlone('src/native.ts', 'dist/native.cjs', ['oxc-parser', 'oxc-transform']),
  { ...guest, plugins: [guest.plugins, hashedFile()] },
]
