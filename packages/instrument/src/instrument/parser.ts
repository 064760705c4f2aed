import { createRequire } from 'node:module'
import type * as Parser from 'oxc-parser'

const require = createRequire(import.meta.url)

let parser: typeof Parser | undefined

/** The parser, loaded when it is first asked for: it takes its time, and of what starts with us in it much parses nothing. */
export function loadParser(): typeof Parser {
  parser ??= load()
  return parser
}

function load(): typeof Parser {
  const path = require.resolve('oxc-parser')
  // Required by itself: Node 22.12 warns where an ES module is required outside of `node_modules`.
  return createRequire(path)(path)
}
