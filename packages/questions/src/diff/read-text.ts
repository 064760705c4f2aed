import { ParseError, SourceLines, type TextPart, textParts } from '@tstrace/instrument/syntax'
import type { Place, SourceVersion } from '@tstrace/results'
import { linesOfText } from '../recording/lines-of-text.ts'
import type { CountedText } from './counted-text.ts'

/** A counted text, and what of it is known beside its counts. Functions are meant by their places in the table. */
export class ReadText {
  readonly counted: CountedText
  /** Its lines; undefined where the text is not known. */
  readonly lines: readonly string[] | undefined
  readonly #text: string | undefined
  readonly #found = new Set<number>()
  #starts: readonly number[] | undefined
  #parts: readonly (TextPart | undefined)[] | undefined

  constructor(counted: CountedText, text: string | undefined) {
    this.counted = counted
    this.#text = text
    this.lines = text === undefined ? undefined : linesOfText(text)
  }

  /** What is written of a function from where it starts to its end; undefined where the text is not known. */
  writtenAt(index: number): string | undefined {
    const site = this.counted.functions[index]
    if (this.#text === undefined || !site) return undefined
    this.#starts ??= new SourceLines(this.#text).starts
    const starts = this.#starts
    const offsetOf = ({ column, line }: Place): number => (starts[line - 1] ?? 0) + column
    return this.#text.slice(offsetOf(site), offsetOf(site.end))
  }

  /** Notes that a function stands in the other text as it is written here, so that nobody has to take it apart. */
  noteFound(index: number): void {
    this.#found.add(index)
  }

  /** What is the same for functions whose bodies differ in nothing but blanks, line breaks and comments, if one is known. */
  bodyOf(index: number): string | undefined {
    return this.#found.has(index) ? this.writtenAt(index) : this.parts()[index]?.own
  }

  /** Its functions, but for those that were found before; none where it is no JavaScript, or not known. */
  parts(): readonly (TextPart | undefined)[] {
    this.#parts ??= this.#text === undefined ? [] : partsOf(this.counted, this.#text, this.#found)
    return this.#parts
  }
}

/** Reads each text once. */
export class TextReader {
  readonly #text: (version: SourceVersion) => string | undefined
  readonly #read = new Map<CountedText, ReadText>()

  constructor(text: (version: SourceVersion) => string | undefined) {
    this.#text = text
  }

  read(counted: CountedText): ReadText {
    const known = this.#read.get(counted)
    if (known) return known
    const read = new ReadText(counted, this.#text(counted))
    this.#read.set(counted, read)
    return read
  }
}

function partsOf(
  { functions, path }: CountedText,
  text: string,
  without: ReadonlySet<number>,
): readonly (TextPart | undefined)[] {
  try {
    const found = new Map(textParts(text, path, { functions, without }).map((part) => [part.name, part]))
    return functions.map(({ name }) => found.get(name))
  } catch (error) {
    // A component is no JavaScript: only its compiler can read it.
    if (error instanceof ParseError) return []
    throw error
  }
}

type Parts = readonly (TextPart | undefined)[]

/** How much of the functions of two texts is the same, from 0 to 1; of texts without functions, whether the modules are. */
export function shareOfCommon(before: Parts, after: Parts): number {
  const [one, other] = [bodiesOf(before), bodiesOf(after)]
  const [few, many] = one.size < other.size ? [one, other] : [other, one]
  if (many.size === 0) return 0
  return [...few].filter((body) => many.has(body)).length / many.size
}

function bodiesOf([module, ...functions]: Parts): ReadonlySet<string> {
  const bodies = functions.flatMap((part) => (part ? [part.whole] : []))
  return new Set(bodies.length > 0 ? bodies : module ? [module.whole] : [])
}
