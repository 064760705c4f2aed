import type { Items } from './istanbul-coverage-items.ts'

/** An item that one side has with another number or not at all. */
export interface Difference {
  /** Its kind and place. */
  readonly item: string
  readonly ours: string | undefined
  readonly theirs: string | undefined
  /** Name of the rule in `docs/reference/formats.md` that explains it; undefined for none. */
  readonly rule: string | undefined
}

/** What is special about an item, by the name of its rule. */
interface Situation {
  /** The source from where the item starts. */
  readonly text: string
  /** The source in front of it. */
  readonly before: string
  readonly item: string
  readonly side: 'ours' | 'theirs'
}

const RULES: Readonly<Record<string, (situation: Situation) => boolean>> = {
  'value without a name': ({ item, side, text }) =>
    side === 'theirs' &&
    item.startsWith('default-arg ') &&
    /^[\w$]+\s*=\s*\(*((async\s+)?function\b|class\b|(async\s+)?(\([^=]*\)|\w+)\s*=>)/.test(text),
  'private method': ({ item, side, text }) =>
    side === 'ours' && item.startsWith('function ') && /^((static|async|get|set)\b|\*|\s)*#/.test(text),
  'computed field': ({ before, item, side }) =>
    side === 'theirs' && item.startsWith('statement ') && /\]\s*=\s*\(*$/.test(before),
  'accessor field': ({ before, item, side }) =>
    side === 'ours' && item.startsWith('statement ') && /\baccessor\s[^\n]*=\s*\(*$/.test(before),
  hint: ({ before, text }) => /ignore next/.test(before.slice(-100) + text.slice(0, 50)),
  pragma: ({ side, text }) => side === 'theirs' && /^.*#pragma NO COVER/.test(text),
  label: ({ item, side, text }) =>
    side === 'theirs' && item.startsWith('statement ') && /^[\w$]+\s*:/.test(text),
}

/** Every item that is not the same on both sides. */
export function differences(source: string, ours: Items, theirs: Items): Difference[] {
  const lines = source.split('\n')
  const items = [...new Set([...ours.keys(), ...theirs.keys()])]
  return items.flatMap((item) => {
    const [own, their] = [ours.get(item), theirs.get(item)]
    if (own === their) return []
    const [, line = '1', column = '0'] = / (\d+):(\d+)-/.exec(item) ?? []
    const start = lines.slice(0, Number(line) - 1).join('\n').length + (line === '1' ? 0 : 1) + Number(column)
    const situation: Situation = {
      item,
      text: source.slice(start),
      before: source.slice(0, start),
      side: own === undefined ? 'theirs' : 'ours',
    }
    const isOfOne = own === undefined || their === undefined
    const rule = isOfOne ? Object.keys(RULES).find((name) => RULES[name]?.(situation)) : undefined
    return [{ item, ours: own, theirs: their, rule }]
  })
}
