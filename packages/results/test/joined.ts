/** Pieces of a text as one. */
export function joined(pieces: string | Iterable<string | Uint8Array>): string {
  let text = ''
  // Bytes hold until the next piece is asked for.
  for (const piece of pieces) text += typeof piece === 'string' ? piece : Buffer.from(piece).toString('utf8')
  return text
}
