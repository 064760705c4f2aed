import { createHash } from 'node:crypto'
import { RULES_HASH } from '@tstrace/instrument/build'
import { codeOptions } from '../options/code-options.ts'
import type { TstraceOptions } from '../options/tstrace-options.ts'
import { VERSION } from './own-version.build.ts'

/** Which tstrace this is, down to its code: cached modules of another build must not be taken for ours. */
export const BUILD: { readonly version: string; readonly hash: string } = {
  version: VERSION,
  hash: RULES_HASH,
}

/** Twelve hexadecimal digits that differ where the transform would make something else of a file. */
export function transformHash(options: TstraceOptions): string {
  const asked = JSON.stringify(codeOptions(options))
  return createHash('sha256').update(asked).update(BUILD.hash).digest('hex').slice(0, 12)
}
