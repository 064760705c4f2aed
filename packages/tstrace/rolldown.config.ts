import { bundlePackage, bundleWhole } from '../../release/bundle-package.ts'

export default [bundlePackage(), bundleWhole('src/command/main.ts', 'dist/command')]
