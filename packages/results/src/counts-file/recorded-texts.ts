import { deflateSync, inflateSync } from 'node:zlib'
import { Damage, shown } from '../results/damage.ts'
import type { SourceVersion } from '../results/results-data.ts'
import { textHash } from '../text-hash.ts'
import { isTooLong } from './counts-limits.ts'

/** How the texts that are written are encoded. Texts in other encodings are not known. */
const ENCODING = 'deflate'

/** Twice as fast as the usual one, for results that are four hundredths larger. */
const LEVEL = 3

/** Bytes of a text: no source that is larger is read either. */
const LARGEST = 2 ** 26

/** A text that grows to more than so many bytes, and so many times its size, is made to fill the disk. */
const ALWAYS_ALLOWED = 2 ** 16
const MOST_GROWTH = 200

/** Bytes to which all texts of a file may grow together, whatever its size. */
const ALWAYS_ALLOWED_TOGETHER = 2 ** 26

/** How much the texts of one file may still grow. */
export class TextRoom {
  readonly #most: number
  #left: number

  /** @param size bytes that the file has where it is, compressed or not */
  constructor(size: number) {
    this.#most = ALWAYS_ALLOWED_TOGETHER + size * MOST_GROWTH
    this.#left = this.#most
  }

  /** @throws Damage where there is not so much room */
  take(bytes: number, where: string): void {
    this.#left -= bytes
    if (this.#left >= 0) return
    const what = `has a text with which those of the file grow to more than ${this.#most} bytes`
    throw new Damage(where, `${what}, which may be made to fill the disk`)
  }
}

/** Packed texts of sources. */
export class TextsByPath {
  readonly #texts = new Map<string, Map<string, string>>()

  /** Of two for the same text always the same one is kept: versions of Node pack in different ways. */
  add(path: string, text: readonly [hash: string, packed: string] | undefined): void {
    if (!text) return
    const [hash, packed] = text
    const known = this.#texts.get(path) ?? new Map<string, string>()
    this.#texts.set(path, known)
    const other = known.get(hash)
    if (other === undefined || packed < other) known.set(hash, packed)
  }

  /** Forgets the texts of all other versions. */
  keepOnly(versions: readonly SourceVersion[]): void {
    const hashes = new Map<string, Set<string>>()
    for (const { hash, path } of versions) hashes.set(path, (hashes.get(path) ?? new Set()).add(hash))
    for (const [path, texts] of this.#texts) {
      for (const hash of texts.keys()) if (!hashes.get(path)?.has(hash)) texts.delete(hash)
      if (texts.size === 0) this.#texts.delete(path)
    }
  }

  of({ hash, path }: SourceVersion): string | undefined {
    return this.#texts.get(path)?.get(hash)
  }
}

/** As base64 of what `deflate` makes; not compressed where that would make too little of it. */
export function packText(text: string): string {
  const bytes = Buffer.from(text)
  const packed = deflateSync(bytes, { level: LEVEL })
  const isSound = bytes.length <= mostOf(packed.length)
  return (isSound ? packed : deflateSync(bytes, { level: 0 })).toString('base64')
}

function mostOf(packed: number): number {
  return Math.min(LARGEST, Math.max(ALWAYS_ALLOWED, packed * MOST_GROWTH))
}

/**
 * The opposite of `packText`.
 *
 * @param hash of the text
 * @throws Damage where it is another text, or none
 */
export function unpackText(packed: string, hash: string, where: string): string {
  return unpackedText(packed, hash, where).toString('utf8')
}

/** As `unpackText`, as bytes. */
export function unpackedText(packed: string, hash: string, where: string): Buffer {
  let bytes: Buffer
  try {
    const compressed = Buffer.from(packed, 'base64')
    bytes = inflateSync(compressed, { maxOutputLength: mostOf(compressed.length) })
  } catch (error) {
    throw new Damage(where, `has a text that cannot be unpacked (${(error as Error).message})`)
  }
  if (textHash(bytes) !== hash)
    throw new Damage(where, `has another text than that of the hash ${shown(hash)}`)
  return bytes
}

/** Undefined for a text that no line can hold. */
export function textLine(path: string, hash: string, packed: string): string | undefined {
  const line = `text\t${JSON.stringify(path)}\t${hash}\t${ENCODING}\t${packed}`
  return isTooLong(line) ? undefined : line
}

export function isKnownEncoding(name: string): boolean {
  return name === ENCODING
}
