/** Whole numbers from zero, in the width that they needed. */
export type Numbers = Float64Array | Uint32Array | Uint16Array | Uint8Array

// Taken when the worker half is loaded: tests replace globals.
const { Float64Array: Doubles, Uint8Array: Bytes, Uint16Array: Shorts, Uint32Array: Longs } = globalThis

/** Bytes in which each number up to `most` fits: 1, 2, 4, or 8 for a double. */
export function widthOf(most: number): number {
  if (most < 2 ** 8) return 1
  return most < 2 ** 16 ? 2 : most < 2 ** 32 ? 4 : 8
}

/** The bytes of numbers that fit the width. */
export function narrow(numbers: Float64Array, width: number): Uint8Array {
  if (width === 1) return new Bytes(numbers)
  const wide = width === 2 ? new Shorts(numbers) : width === 4 ? new Longs(numbers) : numbers
  return new Bytes(wide.buffer, wide.byteOffset, wide.byteLength)
}

/** The numbers in bytes of a width; for a width of 1 those bytes themselves, else a copy. */
export function widen(bytes: Uint8Array, width: number): Numbers {
  if (width === 1) return bytes
  // The bytes may begin anywhere in their buffer, and `slice` of a Node `Buffer` makes no copy.
  const { buffer } = new Bytes(bytes)
  return width === 2 ? new Shorts(buffer) : width === 4 ? new Longs(buffer) : new Doubles(buffer)
}
