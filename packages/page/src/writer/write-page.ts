import { createRequire } from 'node:module'
import type { PageWriter } from '@tstrace/core/adapter'
import type { pageFile } from './page-file.ts'

/** The writer of pages is loaded by the runs that are asked for one, which may be about to exit: at once. */
export const writePage: PageWriter = (input) => {
  const page: { readonly pageFile: typeof pageFile } = createRequire(import.meta.url)('@tstrace/page')
  return page.pageFile(input)
}
