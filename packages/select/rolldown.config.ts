import { bundlePackage } from '../../release/bundle-package.ts'

export default bundlePackage()
