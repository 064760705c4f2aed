import { codePointOrder } from '../results/code-point-order.ts'
import {
  type Context,
  contextKey,
  type OverlapContext,
  type TestContext,
  type TestState,
} from '../results/context.ts'
import { Damage, isWhole, listOf, shown, textOf } from '../results/damage.ts'
import { isSameValue } from '../results/same-value.ts'
import { type ContextNumbers, compareLabelled, type LabelledContext, namesOf } from './counts-contexts.ts'
import { jsonOf, pathOf, stringOf } from './counts-fields.ts'
import { MOST_CONTEXTS, MOST_NAMES } from './counts-limits.ts'

/*
 * How contexts stand in a counts file, for whoever writes and whoever reads: a line for each test file, and in it an item
 * for each context. What an item does not say is as usual.
 */

/** Contexts of one test file go on in another line behind this many characters. */
const FULL_LINE = 2 ** 20

/** Of which test file contexts are; both are '' for those of none. */
interface Place {
  readonly project: string
  readonly file: string
}

type Bare = 'file' | 'import' | 'late'

type Member = OverlapContext['members'][number]

/** Kinds that are all that there is to say. */
const BARE: readonly Bare[] = ['file', 'import', 'late']

const STATES: readonly TestState[] = ['passed', 'failed', 'skipped', 'unfinished']

type Particulars = Pick<TestContext, 'index' | 'retry' | 'repeat' | 'state'>

/** What is said of a test only where it is not so. */
const USUAL: Particulars = { index: 0, retry: 0, repeat: 0, state: 'passed' }

const KEYS = Object.keys(USUAL) as readonly (keyof Particulars)[]

/**
 * The lines of contexts.
 *
 * @param contexts as `orderedContexts` gives them
 * @param numbers their places there
 */
export function* contextLines(
  contexts: readonly LabelledContext[],
  numbers: ContextNumbers,
): Generator<string, void> {
  let latest: (Place & { readonly label: string }) | undefined
  let start = ''
  let items = ''
  let before: readonly string[] = []
  for (const [at, { context, label }] of contexts.entries()) {
    const place = placeOf(context)
    const { file, project } = place
    const isHere = latest?.file === file && latest.project === project && latest.label === label
    if (!isHere || items.length > FULL_LINE) {
      if (items !== '') yield `${start}\t[${items}]`
      latest = { label, project, file }
      start = `contexts\t${[label, project, file].map((text) => JSON.stringify(text)).join('\t')}`
      items = ''
      before = []
    }
    const memberOf = (member: Member): unknown => {
      const number = numbers.of(label, contextKey(member)) ?? at
      if (number < at && isSameValue(contexts[number]?.context, member)) return number
      const other = placeOf(member)
      const isThere = other.file === file && other.project === project
      return isThere ? itemOf(member, []) : [[other.project, other.file], itemOf(member, [])]
    }
    const item =
      context.kind === 'overlap' ? ['overlap', ...context.members.map(memberOf)] : itemOf(context, before)
    items += (items === '' ? '' : ',') + JSON.stringify(item)
    if (context.kind === 'test') before = context.titles
  }
  if (items !== '') yield `${start}\t[${items}]`
}

function placeOf(context: Context): Place {
  if (context.kind === 'overlap') return placeOf(context.members[0] as Member)
  return context.kind === 'named' ? { project: '', file: '' } : context
}

/** @param before titles of the test in front of it */
function itemOf(context: Exclude<Context, OverlapContext>, before: readonly string[]): unknown {
  if (context.kind === 'named') return ['named', context.name]
  if (context.kind === 'hooks') return ['hooks', ...context.titles]
  if (context.kind === 'import' && context.state) return [context.kind, { state: context.state }]
  if (context.kind !== 'test') return context.kind
  const { titles } = context
  const other = titles.findIndex((title, at) => title !== before[at])
  const same = other < 0 ? titles.length : other
  return [same, ...titles.slice(same), ...particularsOf(context)]
}

function particularsOf(test: TestContext): unknown[] {
  const { line } = test
  if (KEYS.every((key) => test[key] === USUAL[key])) return line > 0 ? [line] : []
  const unusual = KEYS.filter((key) => test[key] !== USUAL[key]).map((key) => [key, test[key]])
  return [line, Object.fromEntries(unusual)]
}

/** Whether a context is a test behind another in its line, and in order: most are, and there are thousands. */
function isNextTest(latest: Context, context: Context, before: readonly string[]): boolean {
  if (latest.kind !== 'test' || context.kind !== 'test' || latest.titles !== before) return false
  const { titles } = context
  let at = 0
  while (at < titles.length && titles[at] === before[at]) at++
  const [first, second] = [before[at], titles[at]]
  return first !== undefined && second !== undefined && codePointOrder(first, second) < 0
}

/** Reads the lines of contexts, in their order. */
export class ContextsReader {
  readonly contexts: LabelledContext[] = []
  #place: Place = { project: '', file: '' }
  #label = ''
  #names = 0
  #where = ''

  /**
   * @param fields of a line, behind its kind
   * @throws Damage
   */
  read([label, project, file, items, ...more]: readonly Buffer[], where: string): void {
    if (!label || !project || !file || !items || more.length > 0)
      throw new Damage(where, 'does not have the fields of contexts')
    this.#label = stringOf(label, where)
    this.#where = where
    this.#place = this.#placeOf(stringOf(project, where), stringOf(file, where))
    let before: readonly string[] = []
    for (const item of listOf(jsonOf(items, where), where)) {
      const context = this.#context(item, before)
      this.#add(context, before)
      if (context.kind === 'test') before = context.titles
    }
  }

  /** @param before titles of the test in front of it in its line */
  #add(context: Context, before: readonly string[]): void {
    const own = { label: this.#label, context }
    this.#names += namesOf(context)
    if (this.#names > MOST_NAMES)
      throw this.#damage(`has contexts with more than ${MOST_NAMES} characters in their names`)
    if (this.contexts.length === MOST_CONTEXTS) throw this.#damage(`has more than ${MOST_CONTEXTS} contexts`)
    const latest = this.contexts.at(-1)
    if (latest && !isNextTest(latest.context, context, before) && compareLabelled(latest, own) >= 0)
      throw this.#damage('has a context that is not in order, or there twice')
    this.contexts.push(own)
  }

  #context(item: unknown, before: readonly string[]): Context {
    if (!Array.isArray(item) || item[0] !== 'overlap') return this.#one(item, this.#place, before)
    const members = item.slice(1).map((member) => this.#member(member))
    if (members.length < 2) throw this.#damage('has an overlap of less than two')
    return { kind: 'overlap', members }
  }

  #member(item: unknown): Member {
    const context = typeof item === 'number' ? this.#numbered(item) : this.#placed(item)
    if (context?.kind === 'named' || (context && 'titles' in context)) return context
    throw this.#damage(`has an overlap with ${shown(item)}`)
  }

  #numbered(number: number): Context | undefined {
    const { context, label } = this.contexts[number] ?? {}
    return label === this.#label ? context : undefined
  }

  #placed(item: unknown): Context {
    if (!Array.isArray(item) || !Array.isArray(item[0])) return this.#one(item, this.#place)
    const [[project, file], there] = item
    return this.#one(there, this.#placeOf(this.#text(project), this.#text(file)))
  }

  /** @param before titles of the test in front of it. Default: none */
  #one(item: unknown, place: Place, before: readonly string[] = []): Exclude<Context, OverlapContext> {
    const parts: readonly unknown[] = Array.isArray(item) ? item : [item]
    const kind = parts[0]
    if (isWhole(kind, 0) && kind <= before.length) return this.#test(parts, place, before)
    const rest = parts.slice(1)
    if (kind === 'named') return { kind, name: this.#text(rest[0]) }
    const own = this.#fileOf(place)
    const bare = BARE.find((known) => known === item)
    if (bare) return { kind: bare, ...own }
    if (kind === 'hooks') return { kind, ...own, titles: rest.map((title) => this.#text(title)) }
    if (kind === 'import') return { kind, ...own, ...this.#failure(rest) }
    throw this.#damage(`has a context of an unknown kind: ${shown(item)}`)
  }

  /** A recording has thousands, of which each is read for every question. */
  #test(parts: readonly unknown[], place: Place, before: readonly string[]): TestContext {
    const { file, project } = this.#fileOf(place)
    const titles = before.slice(0, parts[0] as number)
    let at = 1
    for (; typeof parts[at] === 'string'; at++) titles.push(parts[at] as string)
    const line = at < parts.length ? parts[at] : 0
    if (!isWhole(line, 0) || at + 2 < parts.length) throw this.#damage(`has no test but ${shown(parts)}`)
    const test = {
      kind: 'test',
      project,
      file,
      titles,
      index: 0,
      retry: 0,
      repeat: 0,
      state: 'passed',
      line,
    } as const
    return at + 1 < parts.length ? { ...test, ...this.#particulars(parts[at + 1]) } : test
  }

  #particulars(value: unknown): Partial<Particulars> {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw this.#damage(`has a test of which is said ${shown(value)}`)
    for (const [key, said] of Object.entries(value)) {
      const isSound =
        key === 'state' ? STATES.includes(said) : KEYS.some((known) => known === key) && isWhole(said, 0)
      if (!isSound) throw this.#damage(`has a test whose ${shown(key)} is ${shown(said)}`)
    }
    return value
  }

  /** Its path is checked; only what has a name is of no test file. */
  #placeOf(project: string, file: string): Place {
    return { project, file: file === '' ? file : pathOf(file, this.#where) }
  }

  /** @throws Damage where there is no test file, as there is of what has a name */
  #fileOf({ file, project }: Place): Place {
    return { project, file: file === '' ? pathOf(file, this.#where) : file }
  }

  /** What is said of an import that is not as usual. */
  #failure(said: readonly unknown[]): { readonly state: 'failed' } {
    if (isSameValue(said, [{ state: 'failed' }])) return { state: 'failed' }
    throw this.#damage(`has an import of which is said ${shown(said)}`)
  }

  #text(value: unknown): string {
    return textOf(value, this.#where)
  }

  #damage(problem: string): Damage {
    return new Damage(this.#where, problem)
  }
}
