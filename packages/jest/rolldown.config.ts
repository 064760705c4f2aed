import { bundlePackage } from '../../release/bundle-package.ts'

/** Jest loads the first two by their paths, in its workers. */
export default bundlePackage({
  transformer: 'src/transform/transformer.ts',
  runtime: 'src/worker/runtime.ts',
  instrumenter: 'src/transform/instrumenter.ts',
})
