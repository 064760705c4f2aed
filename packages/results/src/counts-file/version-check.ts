import { printable } from '../printable.ts'
import type { RawRecord } from './raw-record.ts'

/** How many sources are named before the rest is only counted. */
const NAMED = 10

/** Notices sources whose text differs between the files of a merge. */
export class VersionCheck {
  /** The texts of the path that is being read. */
  #texts: { readonly file: string; readonly hash: Buffer }[] = []
  readonly #named: string[] = []
  #more = 0

  add({ fields, kind }: RawRecord, file: string): void {
    if (kind !== 'source') return
    const latest = this.#texts.at(-1)?.hash
    const hash = latest && fields.is(0, latest) ? latest : Buffer.from(fields.at(0) as Buffer)
    this.#texts.push({ file, hash })
  }

  endOf(path: string): void {
    const texts = this.#texts
    this.#texts = []
    const [one] = texts
    if (!one || texts.every(({ hash }) => hash === one.hash)) return
    const hashes = new Map<string, Set<string>>()
    for (const { file, hash } of texts)
      hashes.set(file, (hashes.get(file) ?? new Set()).add(hash.toString('latin1')))
    const [first, ...others] = [...hashes]
    const other = first && others.find(([, there]) => !isSameSet(there, first[1]))
    if (!first || !other) return
    if (this.#named.length < NAMED) this.#named.push(differs(path, first, other))
    else this.#more++
  }

  /** One sentence for each source, for the first of them. */
  problems(): string[] {
    if (this.#more === 0) return this.#named
    return [...this.#named, `${this.#more} more sources differ between the files.`]
  }
}

type FileHashes = readonly [file: string, hashes: ReadonlySet<string>]

function differs(path: string, first: FileHashes, other: FileHashes): string {
  const texts = [first, other].map(([file, hashes]) => `${[...hashes].join(' and ')} in ${file}`)
  return `${printable(path)} is not the same text everywhere: ${texts.join(', ')}. The counts of each text are kept apart.`
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((value) => b.has(value))
}
