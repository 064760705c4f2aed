import { ParseError, type TextPart, textParts } from '@tstrace/instrument/syntax'
import type { SourceVersion } from '@tstrace/results'
import { linesOfText } from '../recording/lines-of-text.ts'
import type { CountedText } from './counted-text.ts'

/** A counted text, and what of it is known beside its counts. */
export interface ReadText {
  readonly counted: CountedText
  /** Its lines; undefined where the text is not known. */
  readonly lines: readonly string[] | undefined
  /** Its functions by their places in the table; none where it is no JavaScript, or not known. */
  readonly parts: readonly (TextPart | undefined)[]
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
    const text = this.#text(counted)
    const read = {
      counted,
      lines: text === undefined ? undefined : linesOfText(text),
      parts: text === undefined ? [] : partsOf(counted, text),
    }
    this.#read.set(counted, read)
    return read
  }
}

function partsOf({ functions, path }: CountedText, text: string): readonly (TextPart | undefined)[] {
  try {
    const found = new Map(textParts(text, path, functions).map((part) => [part.name, part]))
    return functions.map(({ name }) => found.get(name))
  } catch (error) {
    // A component is no JavaScript: only its compiler can read it.
    if (error instanceof ParseError) return []
    throw error
  }
}

type Parts = ReadText['parts']

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
