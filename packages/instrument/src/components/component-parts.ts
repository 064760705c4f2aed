import type { ComponentKind, Language } from '../source-file/source-kind.ts'
import { closingBrace } from './code-end.ts'
import { type Attribute, attributeOf, type Tag, tagAt } from './tag.ts'

/** The content of a `<script>`. */
export interface ScriptPart {
  /** Offsets in the text. */
  readonly start: number
  readonly end: number
  /** Runs once for each instance of the component: Vue's `setup`, Svelte's script that is none of the module. */
  readonly isOfInstance: boolean
  readonly language: Language
}

/** A stretch of the markup that is code: what stands in braces, or an attribute that is evaluated. */
export interface MarkupPart {
  /** Offsets in the text. */
  readonly start: number
  readonly end: number
  /** Of the start tag that an attribute stands in. */
  readonly tag?: number
  /** What its functions are called; those of events, and snippets. */
  readonly name?: string
}

/** What of a component's text is code, in the order of the text. */
export interface ComponentParts {
  readonly scripts: readonly ScriptPart[]
  readonly markup: readonly MarkupPart[]
}

/** Finds the code in the text of a single-file component, as far as it is JavaScript or TypeScript. */
export function componentParts(text: string, kind: ComponentKind): ComponentParts {
  return kind === 'vue' ? vueParts(text) : svelteParts(text)
}

const VUE = { bracesAreCode: false }
const SVELTE = { bracesAreCode: true }

function vueParts(text: string): ComponentParts {
  const scripts: ScriptPart[] = []
  const markup: MarkupPart[] = []
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const tag = tagAt(text, at, VUE)
    if (!tag) at = behindComment(text, at)
    else if (tag.isClosed) at = tag.end
    else if (tag.name === 'template' && isHtml(tag, text)) at = vueTemplate(text, tag.end, markup)
    else {
      const end = rawEnd(text, tag)
      if (tag.name === 'script' && attributeOf(tag, text, 'src') === undefined)
        scripts.push(
          scriptPart(text, tag, { end, isOfInstance: attributeOf(tag, text, 'setup') !== undefined }),
        )
      at = end + 1
    }
  }
  return { scripts, markup }
}

function isHtml(tag: Tag, text: string): boolean {
  return (attributeOf(tag, text, 'lang') ?? 'html') === 'html'
}

/** @returns offset behind the template */
function vueTemplate(text: string, from: number, found: MarkupPart[]): number {
  let depth = 0
  for (let at = from; at < text.length; ) {
    const next = /<|\{\{/g
    next.lastIndex = at
    const [opening] = next.exec(text) ?? []
    if (opening === undefined) return text.length
    at = next.lastIndex - opening.length
    if (opening === '{{') {
      const end = orEnd(text, text.indexOf('}}', at))
      found.push({ start: at + 2, end })
      at = end + 2
    } else if (text.startsWith('</template', at)) {
      if (depth-- === 0) return at + 2
      at += 2
    } else {
      const tag = tagAt(text, at, VUE)
      if (tag?.name === 'template' && !tag.isClosed) depth++
      found.push(...(tag?.attributes.filter(isDirective) ?? []).map((one) => attributePart(one, tag as Tag)))
      at = tag?.end ?? behindComment(text, at)
    }
  }
  return text.length
}

function isDirective({ name }: Attribute): boolean {
  return /^(v-|[:@#.])/.test(name)
}

function svelteParts(text: string): ComponentParts {
  const scripts: ScriptPart[] = []
  const markup: MarkupPart[] = []
  for (let at = 0; at < text.length; ) {
    const next = /[<{]/g
    next.lastIndex = at
    if (!next.test(text)) break
    at = next.lastIndex - 1
    const tag = tagAt(text, at, SVELTE)
    if (text[at] === '{') {
      const end = closingBrace(text, at + 1)
      markup.push(...blockPart(text, at + 1, end))
      at = end + 1
    } else if (tag && /^(script|style)$/.test(tag.name) && !tag.isClosed) {
      const end = rawEnd(text, tag)
      if (tag.name === 'script')
        scripts.push(scriptPart(text, tag, { end, isOfInstance: !isOfModule(tag, text) }))
      at = end + 1
    } else {
      const code = tag?.attributes.filter(({ name, valueEnd, valueStart }) => {
        return name === '{' || text.slice(valueStart, valueEnd).includes('{') || name.includes(':')
      })
      markup.push(...(code ?? []).map((one) => attributePart(one, tag as Tag)))
      at = tag?.end ?? behindComment(text, at)
    }
  }
  return { scripts, markup }
}

function isOfModule(tag: Tag, text: string): boolean {
  return attributeOf(tag, text, 'module') !== undefined || attributeOf(tag, text, 'context') === 'module'
}

/** What stands in braces; the ends of blocks and a bare `:else` have no code. */
function blockPart(text: string, start: number, end: number): MarkupPart[] {
  const code = text.slice(start, end)
  if (/^\s*(?:\/(?![/*])|:(?:else|then|catch)\s*$)/.test(code)) return []
  const [, name] = /^#snippet\s+([\w$]+)/.exec(code) ?? []
  return [{ start, end, ...(name !== undefined && { name }) }]
}

function attributePart({ name, start, valueEnd }: Attribute, tag: Tag): MarkupPart {
  const isEvent = /^(@|v-on:|on:?\w)/.test(name)
  return { start, end: valueEnd, tag: tag.start, ...(isEvent && { name }) }
}

function scriptPart(text: string, tag: Tag, more: Pick<ScriptPart, 'end' | 'isOfInstance'>): ScriptPart {
  const said = attributeOf(tag, text, 'lang') ?? attributeOf(tag, text, 'type') ?? ''
  const [language = 'js'] = /^(?:tsx|jsx|ts)$/.exec(said.replace(/^(?:text\/)?typescript$/, 'ts')) ?? []
  return { start: tag.end, ...more, language: language as Language }
}

/** Where what is text to the end tag ends. */
function rawEnd(text: string, tag: Tag): number {
  const closing = new RegExp(`</${tag.name.replace(/[^\w-]/g, '\\$&')}(?=[\\s>])`, 'g')
  closing.lastIndex = tag.end
  return closing.exec(text)?.index ?? text.length
}

/** Offset behind a comment, or behind a `<` that begins nothing. */
function behindComment(text: string, at: number): number {
  return text.startsWith('<!--', at) ? orEnd(text, text.indexOf('-->', at)) : at + 1
}

function orEnd(text: string, found: number): number {
  return found < 0 ? text.length : found
}
