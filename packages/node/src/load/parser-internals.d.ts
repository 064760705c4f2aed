/*
 * Of the parser's own files, which have no types, what is used of them.
 */
declare module 'oxc-parser/src-js/raw-transfer/common.js' {
  import type { ParserOptions } from 'oxc-parser'

  type Convert<Result> = (
    buffer: Uint8Array,
    ...where: [source: string, start: number, length: number]
  ) => Result

  export function isJsAst(buffer: Uint8Array): boolean
  export function returnBufferToCache(buffer: Uint8Array): void
  export function parseSyncRawImpl<Result>(
    ...given: [file: string, source: string, options: ParserOptions, convert: Convert<Result>]
  ): Result
}

declare module 'oxc-parser/src-js/generated/deserialize/*' {
  import type { Tree } from '@tstrace/instrument'

  export function deserialize(
    ...given: [buffer: Uint8Array, source: string, start: number, length: number]
  ): Tree
}

declare module 'oxc-parser/src-js/bindings.js' {}
