import { closingBrace } from './code-end.ts'

export interface Attribute {
  /** As it is written: `@click`, `v-for`, `bind:value`; `{` for one in braces. */
  readonly name: string
  /** Offset at which it starts. */
  readonly start: number
  /** Offsets of its value, without quotes; the end of the name, twice, where there is none. */
  readonly valueStart: number
  readonly valueEnd: number
}

/** A start tag. */
export interface Tag {
  readonly name: string
  /** Offset of the `<`. */
  readonly start: number
  /** Offset behind the `>`. */
  readonly end: number
  readonly attributes: readonly Attribute[]
  /** Ends with `/>`. */
  readonly isClosed: boolean
}

/** In Svelte braces are code wherever they stand, in Vue an attribute is a text. */
export interface TagRules {
  readonly bracesAreCode: boolean
}

/** The start tag at an offset; undefined where there is none. */
export function tagAt(text: string, start: number, rules: TagRules): Tag | undefined {
  NAME.lastIndex = start
  const [, name] = NAME.exec(text) ?? []
  if (name === undefined) return undefined
  const attributes: Attribute[] = []
  for (let at = start + 1 + name.length; at < text.length; ) {
    const sign = text[at] as string
    if (sign === '>') return { name, start, end: at + 1, attributes, isClosed: text[at - 1] === '/' }
    if (/[\s/]/.test(sign)) at++
    else {
      const attribute = attributeAt(text, at, rules)
      attributes.push(attribute)
      at = attribute.valueEnd + (/["'}]/.test(text[attribute.valueEnd] ?? '') ? 1 : 0)
      if (at <= attribute.start) at = attribute.start + 1
    }
  }
  return undefined
}

const NAME = /<([A-Za-z][^\s/>]*)/y

function attributeAt(text: string, start: number, rules: TagRules): Attribute {
  if (rules.bracesAreCode && text[start] === '{')
    return { name: '{', start, valueStart: start + 1, valueEnd: closingBrace(text, start + 1) }
  ATTRIBUTE.lastIndex = start
  const [head = '', name = '', equals] = ATTRIBUTE.exec(text) ?? [text[start], text[start]]
  const behind = start + head.length
  if (equals === undefined) return { name, start, valueStart: behind, valueEnd: behind }
  const [quote = ''] = /["']/.exec(text[behind] ?? '') ?? []
  const valueStart = behind + quote.length
  return { name, start, valueStart, valueEnd: valueEnd(text, valueStart, { quote, ...rules }) }
}

const ATTRIBUTE = /([^\s=>/"']+|[/"'])(\s*=\s*)?/y

function valueEnd(
  text: string,
  from: number,
  { bracesAreCode, quote }: TagRules & { quote: string },
): number {
  for (let at = from; at < text.length; at++) {
    const sign = text[at] as string
    if (bracesAreCode && sign === '{') {
      at = closingBrace(text, at + 1)
      // Without quotes the braces are all there is.
      if (quote === '' && at > from && text[from] === '{') return at
    } else if (quote === '' ? /[\s>]/.test(sign) : sign === quote) return at
  }
  return text.length
}

/** The value of an attribute; '' for one without, undefined where there is none of that name. */
export function attributeOf({ attributes }: Tag, text: string, wanted: string): string | undefined {
  const found = attributes.find(({ name }) => name === wanted)
  return found && text.slice(found.valueStart, found.valueEnd)
}
