import { createRequire } from 'node:module'
import type * as Parser from 'oxc-parser'
import type { ParseResult, ParserOptions } from 'oxc-parser'

const require = createRequire(import.meta.url)

let parser: typeof Parser | undefined

/** The parser, loaded when it is first asked for: it takes its time, and of what starts with us in it much parses nothing. */
export function loadParser(): typeof Parser {
  parser ??= load()
  return parser
}

/** How trees get from the parser to JavaScript: as JSON, or as numbers in memory, which is faster once it has started. */
export type Transfer = 'json' | 'raw'

/** Whether this process keeps to JSON, and does not go over to the other. */
let isJson = false

/** Parses a text, and hands its tree over as numbers in memory. */
export type ParseRaw = (source: string, how: ParserOptions) => Tree

/** What is used of what the parser gives. */
export type Tree = Pick<ParseResult, 'comments' | 'errors' | 'program'>

/** Loads what parses in this way, with the first text of it. */
let loadRaw = (): ParseRaw => {
  // The option is not in the parser's types yet.
  const raw: object = { experimentalRawTransfer: true }
  return (source, how) => loadParser().parseSync('', source, { ...raw, ...how })
}

let raw: ParseRaw | undefined

/**
 * Raw transfer takes as long to start as what it saves for some two million characters: it loads some files, and a buffer so large
 * that V8 collects all garbage of the process. It starts when nearly that much has been parsed without it (notes/start-up.md).
 */
const MANY = 1_500_000

/** Characters of all sources that this process has parsed. */
let parsedUntilNow = 0

/** @param source the text that is parsed next */
export function transferFor(source: string): Transfer {
  if (isJson) return 'json'
  parsedUntilNow += source.length
  return parsedUntilNow >= MANY && loadParser().rawTransferSupported() ? 'raw' : 'json'
}

export function parseRaw(...given: Parameters<ParseRaw>): Tree {
  raw ??= loadRaw()
  return raw(...given)
}

/**
 * Loads the parser with all that it will need. Programs that run in the same process may watch what is loaded while they run, and
 * may have replaced what loads it.
 *
 * @param transfer `json` where trees are handed over in no other way, else what loads the other without any file
 * @param own the parser where it has been loaded already. Default: the installed one is
 */
export function startParser(transfer: 'json' | (() => ParseRaw), own?: typeof Parser): void {
  parser ??= own
  loadParser()
  if (transfer === 'json') isJson = true
  else loadRaw = transfer
}

function load(): typeof Parser {
  const path = require.resolve('oxc-parser')
  // Required by itself: Node 22.12 warns where an ES module is required outside of `node_modules`.
  return createRequire(path)(path)
}
