import { createHash } from 'node:crypto'

/** The hash by which a source text is known: 16 hexadecimal digits. Byte order marks are no part of a text. */
export function textHash(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
