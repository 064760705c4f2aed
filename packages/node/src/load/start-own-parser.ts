import { createRequire } from 'node:module'
import os from 'node:os'
import { fileURLToPath } from 'node:url'
import { type ParseRaw, startParser } from '@tstrace/instrument'
import { readCompiled } from '@tstrace/results/compiled-code'
import type * as BundledParser from './bundled-parser.ts'
import { ADDON } from './parser-addon.ts'
import { PARSER_VERSION } from './parser-version.build.ts'

/** The parser without its addon. */
const PARSER = fileURLToPath(new URL('./parser.cjs', import.meta.url))
/** What the parser needs for large sources, in a file that has it all. */
const RAW_TREES = fileURLToPath(new URL('./raw-trees.cjs', import.meta.url))

/**
 * Loads the parser in a process of the program. What it needs for large sources takes as long to load as the rest of our start, and
 * most programs have none: it is read now, and evaluated with the first of them, which nobody can see.
 */
export function startOwnParser(): void {
  const bundled = bundledParser()
  startParser((bundled && rawTrees(bundled)) ?? 'json', bundled?.parser)
}

/** Undefined where another one is installed: ours would not fit its addon. */
function bundledParser(): typeof BundledParser | undefined {
  const requireOfParser = createRequire(createRequire(import.meta.url).resolve('oxc-parser'))
  const { version } = requireOfParser('../package.json') as { readonly version: string }
  if (version !== PARSER_VERSION) return undefined
  // It looks for its addon from where it is installed.
  const itsModule = { createRequire: () => requireOfParser }
  return readCompiled(PARSER)({
    module: itsModule,
    'node:module': itsModule,
  }) as unknown as typeof BundledParser
}

function rawTrees({ addon, parser }: typeof BundledParser): (() => ParseRaw) | undefined {
  if (!parser.rawTransferSupported()) return undefined
  const evaluate = readCompiled(RAW_TREES)
  return () => evaluate({ [ADDON]: addon, 'node:os': os }).parseRaw as ParseRaw
}
