import { createRequire } from 'node:module'
import type { comparisonFile } from './comparison-file.ts'

/** The page that compares two recordings; what makes it is loaded when it is asked for. */
export const writeComparison: typeof comparisonFile = (comparison) => {
  const page: { readonly comparisonFile: typeof comparisonFile } = createRequire(import.meta.url)(
    '@tstrace/page/comparison',
  )
  return page.comparisonFile(comparison)
}
