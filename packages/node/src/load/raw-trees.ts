import type { ParseRaw, Tree } from '@tstrace/instrument'
import { deserialize as readJavaScript } from 'oxc-parser/src-js/generated/deserialize/js.js'
import { deserialize as readTypeScript } from 'oxc-parser/src-js/generated/deserialize/ts.js'
import { isJsAst, parseSyncRawImpl, returnBufferToCache } from 'oxc-parser/src-js/raw-transfer/common.js'

/** What `experimentalRawTransfer` of the parser does, which loads files for it. */
export const parseRaw: ParseRaw = (source, how) =>
  parseSyncRawImpl('', source, how, (buffer, ...where) => {
    const isJavaScript = isJsAst(buffer)
    const tree: Tree = (isJavaScript ? readJavaScript : readTypeScript)(buffer, ...where)
    const { hashbang } = tree.program
    if (isJavaScript && hashbang) tree.comments.unshift({ ...hashbang, type: 'Line' })
    returnBufferToCache(buffer)
    return tree
  })
