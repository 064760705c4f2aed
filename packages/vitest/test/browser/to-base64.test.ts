import { expect, test } from 'vitest'
import { toBase64 } from '../../src/browser/to-base64.ts'

test.each([0, 1, 2, 3, 4, 255, 256, 70_001])('%i bytes', (length) => {
  const bytes = Uint8Array.from({ length }, (_, at) => at * 7)
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
})
