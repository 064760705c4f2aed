/*
 * The parser's own JavaScript in a file of ours: it is eight modules of the engine, which take longer to load than the addon behind them.
 */
import * as parser from 'oxc-parser'
import * as addon from 'oxc-parser/src-js/bindings.js'

export { addon, parser }
