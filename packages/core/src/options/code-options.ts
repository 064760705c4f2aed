import { rowsAt } from './rows-at.ts'
import type { CodeOptions, TstraceOptions } from './tstrace-options.ts'

/** The options that change what is made of a source: what a cache of transformed sources has to know of them. */
export function codeOptions(options: TstraceOptions): CodeOptions {
  const rows = rowsAt('reporters').filter(({ changesCode }) => changesCode)
  const values: { readonly [name: string]: unknown } = options
  return Object.fromEntries(
    rows.map(({ kind, name }) => [name, kind === 'choice' ? Boolean(values[name]) : values[name]]),
  ) as unknown as CodeOptions
}
