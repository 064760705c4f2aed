import { createRequire } from 'node:module'
import type * as Parser from 'oxc-parser'

const require = createRequire(import.meta.url)

let parser: typeof Parser | undefined

/** The parser, loaded when it is first asked for: it takes its time, and of what starts with us in it much parses nothing. */
export function loadParser(): typeof Parser {
  parser ??= load()
  return parser
}

/** How trees get from the parser to JavaScript: as JSON, or as numbers in memory, which is faster once it has started. */
export type Transfer = 'json' | 'raw'

/** What this process keeps to; undefined where it begins with JSON and goes over to the other. */
let kept: Transfer | undefined

/**
 * Raw transfer takes as long to start as what it saves for some two million characters: it loads some files, and a buffer so large
 * that V8 collects all garbage of the process. It starts when nearly that much has been parsed without it (notes/start-up.md).
 */
const MANY = 1_500_000

/** Characters of all sources that this process has parsed. */
let parsedUntilNow = 0

/** @param source the text that is parsed next */
export function transferFor(source: string): Transfer {
  if (kept) return kept
  parsedUntilNow += source.length
  return parsedUntilNow >= MANY && loadParser().rawTransferSupported() ? 'raw' : 'json'
}

/**
 * Loads the parser with all that it needs for one way of handing trees over, which is kept to from then on. Programs that run
 * in the same process may watch what is loaded while they run, and may have replaced what loads it.
 */
export function startParser(transfer: Transfer): void {
  const { parseSync, rawTransferSupported } = loadParser()
  kept = transfer === 'raw' && rawTransferSupported() ? 'raw' : 'json'
  // Either dialect has a file of its own, loaded with the first text of it. The option is not in the parser's types yet.
  const options: object = { experimentalRawTransfer: true }
  if (kept === 'raw') for (const lang of ['js', 'ts'] as const) parseSync('', '', { ...options, lang })
}

function load(): typeof Parser {
  const path = require.resolve('oxc-parser')
  // Required by itself: Node 22.12 warns where an ES module is required outside of `node_modules`.
  return createRequire(path)(path)
}
