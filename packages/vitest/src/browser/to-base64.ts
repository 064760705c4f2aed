const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Without a function or a method, which a test may have replaced. */
export function toBase64(bytes: Uint8Array): string {
  const { length } = bytes
  let text = ''
  for (let at = 0; at < length; at += 3) {
    const three = ((bytes[at] as number) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text += digit(three >> 18) + digit(three >> 12)
    text += at + 1 < length ? digit(three >> 6) : '='
    text += at + 2 < length ? digit(three) : '='
  }
  return text
}

function digit(value: number): string {
  return DIGITS[value & 63] as string
}
