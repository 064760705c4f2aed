import type { IfStatement, Node } from 'oxc-parser'
import { bare } from './coverage-sites.ts'
import { decoratedStart } from './decorated-start.ts'
import { type HelperPart, type LocalPart, shortLocals } from './emitted-names.ts'
import type { IgnoreHints } from './ignore-hints.ts'
import type { Insertions } from './insertions.ts'
import { loadParser } from './parser.ts'
import type { SiteTableBuilder } from './site-table-builder.ts'

/** What the walk does at a node of one type; nodes without a step just have their children walked. */
// biome-ignore lint/suspicious/noExplicitAny: each step takes the node type of its row in the table
export type Step = (node: any, walk: Walk, inferred: string | undefined) => void

/** The function (or module) whose code is being walked. */
export interface Frame {
  /** Index in the site table's functions. */
  readonly index: number
  /** Its name there. */
  readonly name: string
  readonly async: boolean
  readonly generator: boolean
  /** False where entry and exit could not be put around the body: such a function is never the current one. */
  readonly current: boolean
  /** Whether an exception that leaves it restores its caller too. */
  readonly guarded: boolean
  /** The expression that gives the array of counts. */
  readonly counts: string
}

/** A loop or labelled statement that `continue` can name. */
export interface Loop {
  readonly labels: readonly string[]
  /** Offset of its head, where going back there is shown by whoever goes. */
  readonly head: number | undefined
  /** Counters of the `continue` statements that lead to the next round. */
  readonly continues: number[]
}

/** What a walk is given: the text, where results go, and what is wanted. */
export interface WalkInput {
  readonly source: string
  readonly insertions: Insertions
  readonly table: SiteTableBuilder
  readonly hints: IgnoreHints
  readonly steps: Readonly<Record<string, Step | undefined>>
  /** Name of the helper function in the emitted code. */
  readonly name: string
  readonly calls: boolean
  readonly live: boolean
  readonly branches: boolean
  readonly elses: boolean
  readonly keepNames: boolean
  /** Names of functions that are sent elsewhere as text. */
  readonly sent: ReadonlySet<string>
  /** Names that Node reads out of the text as exports of a CommonJS module. */
  readonly exported: ReadonlySet<string>
}

/**
 * How many levels emitted code may add around something. Compilers behind us follow it with a stack of their own size, and
 * a file that the user's compiler stands must not fail in it because of us: Babel stands some 900.
 */
const MOST_LEVELS = 400

const FUNCTIONS: ReadonlySet<string> = new Set([
  'ArrowFunctionExpression',
  'ClassExpression',
  'FunctionExpression',
])

const SPARE = '()=>0'

/** The state of one walk through a syntax tree, and the few operations all steps share. */
export class Walk {
  readonly source: string
  readonly insertions: Insertions
  readonly table: SiteTableBuilder
  readonly name: string
  readonly calls: boolean
  readonly live: boolean
  readonly branches: boolean
  readonly elses: boolean
  readonly keepNames: boolean
  readonly exported: ReadonlySet<string>
  /** Helper functions the emitted code needs beyond counting, entry and exit. */
  readonly uses: Set<'suspend' | 'delegate'> = new Set()
  /** Counters of the innermost thing that counts: what is defined there shares them. */
  owner: readonly number[] = []
  /** Functions that cannot have `try` around their body. */
  readonly unguarded: Set<Node> = new Set()
  frame: Frame
  loops: Loop[] = []
  /** Labels that stand directly before the statement being walked. */
  labels: readonly string[] = []
  /** The line shown last by what stands in front, in the same function; 0 where there is none. */
  shownLine = 0
  /** What stands in the parentheses that were entered last. */
  enclosed: Node | undefined
  /** Names of the functions and classes around, joined by dots and ending in one; '' at the top. */
  prefix = ''
  /** Whether what is walked is in a table of tests: functions of which a table is made stay as they are, for their text is shown. */
  isTable: boolean = false
  #levels = 0
  /** The names of the helper that have been used: they are asked for so often that making them anew is felt. */
  readonly #parts: Partial<Record<HelperPart, string>> = {}
  readonly #locals: ReturnType<typeof shortLocals>
  readonly #hints: IgnoreHints
  readonly #hinted: boolean
  readonly #sent: ReadonlySet<string>
  readonly #steps: WalkInput['steps']

  constructor(input: WalkInput) {
    this.source = input.source
    this.insertions = input.insertions
    this.table = input.table
    this.name = input.name
    this.calls = input.calls
    this.live = input.live
    this.branches = input.branches
    this.elses = input.elses
    this.keepNames = input.keepNames
    // What V8 infers from a name of ours has to be known for ours.
    this.#locals = input.keepNames ? undefined : shortLocals(input.source)
    this.exported = input.exported
    this.frame = {
      index: 0,
      name: '<module>',
      async: true,
      generator: false,
      current: true,
      guarded: false,
      counts: this.fileCounts,
    }
    this.#sent = input.sent
    this.#hints = input.hints
    this.#hinted = input.hints.nodes.size + input.hints.arms.size > 0
    this.#steps = input.steps
  }

  /**
   * Walks a node.
   *
   * @param inferred the name JavaScript (or a reader) gives to an anonymous function or class at this place
   */
  visit(node: Node, inferred?: string): void {
    if (this.isTable && FUNCTIONS.has(node.type)) return
    if (this.#sent.size > 0 && this.#isSent(node, inferred)) return
    this.applyHints(node)
    const step = this.#steps[node.type]
    if (step) step(node, this, inferred)
    else this.children(node)
  }

  /** Walks something of which a text is made: a function stays as it is. */
  visitAsText(node: Node): void {
    if (!FUNCTIONS.has(bare(node).type)) this.visit(node)
  }

  /** Walks a side of an expression: what `+` is told of a function is its text. */
  visitOperand(node: Node, operator: string): void {
    if (operator === '+') this.visitAsText(node)
    else this.visit(node)
  }

  /** Walks a list; what is left out in it, as in `[, a]`, is null. */
  visitAll(nodes: readonly (Node | null)[]): void {
    for (const node of nodes) if (node) this.visit(node)
  }

  /** Walks the children of a node in source order. */
  children(node: Node): void {
    const keys = loadParser().visitorKeys[node.type]
    if (keys === undefined) return
    for (const key of keys) {
      const child = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key]
      if (!child) continue
      if (Array.isArray(child)) {
        for (const item of child) if (item) this.visit(item)
      } else this.visit(child)
    }
  }

  #isSent(node: Node, inferred: string | undefined): boolean {
    if (node.type === 'FunctionDeclaration') return node.id !== null && this.#sent.has(node.id.name)
    return FUNCTIONS.has(node.type) && inferred !== undefined && this.#sent.has(inferred)
  }

  /** Walks a node whose definitions share the given counters. */
  visitOwnedBy(counters: readonly number[], node: Node, inferred?: string): void {
    const before = this.owner
    this.owner = counters
    this.visit(node, inferred)
    this.owner = before
  }

  /**
   * Walks what emitted code puts levels around.
   *
   * @throws RangeError where there are too many, as where this process has not the stack for it
   */
  deeper(levels: number, action: () => void): void {
    this.#levels += levels
    if (this.#levels > MOST_LEVELS) throw new RangeError('nested too deeply')
    action()
    this.#levels -= levels
  }

  /** The expression that counts once. */
  hit(counter: number): string {
    return `${this.frame.counts}[${counter}]++`
  }

  /** The expression that takes back what was counted. */
  uncounted(counter: number): string {
    return `${this.frame.counts}[${counter}]--`
  }

  /**
   * An emitted call. While V8 reads a text, it gives up naming the nameless function that it has read last where a call ends,
   * and once more where the call is assigned. Where names are to be kept, each finds one of ours to give up instead of the
   * author's.
   */
  call(name: string, given: readonly (number | string)[], isAssigned = false): string {
    if (!this.keepNames) return `${name}(${given.join()})`
    return `${name}(${[...given, ...this.spares(isAssigned)].join()})`
  }

  /** What an emitted call ends with, for those that come in two parts. */
  spares(isAssigned = false): readonly string[] {
    if (!this.keepNames) return []
    return isAssigned ? [SPARE, SPARE] : [SPARE]
  }

  /** Gives the array of counts where no local variable has it. Where names are to be kept it is a tag, for which V8 gives up none. */
  get fileCounts(): string {
    return this.keepNames ? `${this.name}\`\`` : `${this.name}()`
  }

  /** The name by which emitted code reaches a part of the helper. */
  part(letter: HelperPart): string {
    this.#parts[letter] ??= this.name + letter
    return this.#parts[letter]
  }

  /** The name of a local variable in emitted code. What a module declares may be visible to other files, too. */
  local(letter: LocalPart): string {
    return (this.frame.index > 0 && this.#locals?.[letter]) || this.name + letter
  }

  /** The local variable that holds who is below the running function on the call stack. */
  get below(): string {
    return this.local('p')
  }

  /** All names of the helper that the emitted code has used so far. */
  get names(): readonly string[] {
    return [this.name, ...Object.values(this.#parts)]
  }

  /** Whether a hint asks to leave out the `else` of an `if`. */
  leavesOutElse({ start }: IfStatement): boolean {
    return this.#hints.arms.get(start) === 'else'
  }

  /** Leaves out what a hint in front of a node asks for. Blocks and clauses that no step is asked for need it. */
  applyHints(node: Node): void {
    if (!this.#hinted || node.type === 'Program') return
    const start = decoratedStart(node)
    if (this.#hints.nodes.has(start)) this.table.ignore(start, node.end)
    if (node.type !== 'IfStatement') return
    const word = this.#hints.arms.get(node.start)
    const arm = word === 'if' ? node.consequent : word === 'else' ? node.alternate : undefined
    if (arm) this.table.ignore(arm.start, arm.end)
  }
}
