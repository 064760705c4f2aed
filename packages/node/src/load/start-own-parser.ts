import { createRequire } from 'node:module'
import os from 'node:os'
import { fileURLToPath } from 'node:url'
import { loadParser, type ParseRaw, startParser } from '@tstrace/instrument'
import { readCompiled } from '@tstrace/results/compiled-code'
import { ADDON } from './parser-addon.ts'
import { PARSER_VERSION } from './parser-version.build.ts'

/** What the parser needs for large sources, in a file that has it all. */
const RAW_TREES = fileURLToPath(new URL('./raw-trees.cjs', import.meta.url))

/**
 * Loads the parser in a process of the program. What it needs for large sources takes as long to load as the rest of our start, and
 * most programs have none: it is read now, and evaluated with the first of them, which nobody can see.
 */
export function startOwnParser(): void {
  startParser(rawTrees() ?? 'json')
}

function rawTrees(): (() => ParseRaw) | undefined {
  const requireOfParser = createRequire(createRequire(import.meta.url).resolve('oxc-parser'))
  const { version } = requireOfParser('../package.json') as { readonly version: string }
  // It reads what the parser of its own version has written.
  if (version !== PARSER_VERSION || !loadParser().rawTransferSupported()) return undefined
  const modules = { [ADDON]: requireOfParser('./bindings.js') as unknown, 'node:os': os }
  const evaluate = readCompiled(RAW_TREES)
  return () => evaluate(modules).parseRaw as ParseRaw
}
