import type { BranchSite, Place } from '@tstrace/results'
import type { ArrowFunctionExpression, Function as FunctionNode, Node } from 'oxc-parser'
import type { SourceLines } from './source-lines.ts'

/** From where to where something stands. */
export interface PlacedSpan {
  readonly start: Place
  readonly end: Place
}

/**
 * What coverage tools count in a source text, in Istanbul's terms, with the counters that count it for us: they are those of
 * the text's site table.
 */
export interface CoverageSites {
  /** Statements, and values that are one for Istanbul: of declarations, fields, and arrow functions without braces. */
  readonly statements: readonly (PlacedSpan & {
    /** The count is the sum of these. */
    readonly counters: readonly number[]
  })[]
  readonly functions: readonly {
    /** As in the site table. */
    readonly name: string
    /** Its name where it has one, else where it starts. */
    readonly head: PlacedSpan
    readonly body: PlacedSpan
    readonly counter: number
  }[]
  /** Empty unless branches are counted. */
  readonly branches: readonly (PlacedSpan & {
    readonly kind: BranchSite['kind']
    readonly arms: readonly {
      /** Undefined for the `else` of an `if` that has none. */
      readonly place: PlacedSpan | undefined
      readonly counter: number
    }[]
  })[]
}

export interface Span {
  readonly start: number
  readonly end: number
}

/** A way that execution can take. */
export interface Arm extends Span {
  readonly counter: number
  /** Where Istanbul says that it is; undefined for nowhere. Default: where it is. */
  readonly place?: Span | undefined
}

/** A place where execution takes one of several ways. */
export interface Branch extends Span {
  readonly kind: BranchSite['kind']
  readonly arms: readonly Arm[]
}

interface Finishing {
  readonly lines: SourceLines
  /** Says of an offset whether what starts there is left out. */
  readonly isIgnored: (at: number) => boolean
  readonly branches: readonly Branch[]
}

const STATEMENTS: ReadonlySet<string> = new Set(
  [
    ...[
      'Expression',
      'Break',
      'Continue',
      'Debugger',
      'Return',
      'Throw',
      'Try',
      'If',
      'For',
      'ForIn',
      'ForOf',
    ],
    ...['While', 'DoWhile', 'Switch', 'With'],
  ].map((kind) => `${kind}Statement`),
)

/** Gathers coverage sites while a walk goes through a file. */
export class CoverageSitesBuilder {
  readonly #statements: (Span & { readonly counters: readonly number[] })[] = []
  readonly #functions: { name: string; head: Span; body: Span; counter: number }[] = []
  /** Where the member starts whose function comes next. */
  #member: number | undefined
  #latest: readonly number[] = []

  /**
   * A statement in a list.
   *
   * @param counters its own, or of one that has none, as loops may be whose tests are counted, those of what stands before it
   */
  statement(node: Node, counters: readonly number[]): void {
    let inner = node
    for (; inner.type === 'LabeledStatement'; inner = inner.body) this.value(inner, counters)
    if (STATEMENTS.has(inner.type)) this.value(inner, counters)
  }

  /** Something else that Istanbul counts as a statement. Without counters it is in the head of the loop that came before. */
  value(node: Node, counters: readonly number[]): void {
    if (counters.length > 0) this.#latest = counters
    const { end, start } = bare(node)
    this.#statements.push({ start, end, counters: this.#latest })
  }

  /** A method, accessor or constructor: its function begins at its brackets, Istanbul's where the member does. */
  member(start: number): void {
    this.#member = start
  }

  function(node: FunctionNode | ArrowFunctionExpression, name: string, counter: number): void {
    const start = this.#member ?? node.start
    this.#member = undefined
    const id = 'id' in node ? node.id : null
    this.#functions.push({
      name,
      head: id ?? { start, end: start + 1 },
      body: bare(node.body as Node),
      counter,
    })
  }

  finish({ branches, isIgnored, lines }: Finishing): CoverageSites {
    const placed = ({ end, start }: Span): PlacedSpan => ({
      start: lines.placeOf(start),
      end: lines.placeOf(end),
    })
    return {
      statements: this.#statements
        .filter(({ start }) => !isIgnored(start))
        .map((span) => ({ ...placed(span), counters: span.counters })),
      functions: this.#functions
        .filter(({ head }) => !isIgnored(head.start))
        .map(({ body, counter, head, name }) => ({ name, head: placed(head), body: placed(body), counter })),
      branches: branches.map(({ arms, kind, ...span }) => ({
        ...placed(span),
        kind,
        arms: arms.map((arm) => {
          const place = 'place' in arm ? arm.place : arm
          return { place: place && placed(place), counter: arm.counter }
        }),
      })),
    }
  }
}

/** Parentheses are nothing to Istanbul. */
export function bare(node: Node): Node {
  return node.type === 'ParenthesizedExpression' ? bare(node.expression) : node
}
