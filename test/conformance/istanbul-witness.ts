import type { Node } from 'oxc-parser'
import type { IstanbulNumbers } from './istanbul-numbers.ts'
import {
  bare,
  childrenOf,
  isArm,
  isFunction,
  isLoop,
  listOf,
  type Syntax,
  startsLine,
} from './istanbul-syntax.ts'

/** From the lowest to the highest number that something can have. */
export type Range = readonly [low: number, high: number]
/** What Istanbul's numbers allow: one of these ranges. Empty where Istanbul has nothing to say. */
export type Allowed = readonly Range[]

/** Whether Istanbul's numbers allow a number. */
export function allows(allowed: Allowed, count: number): boolean {
  return allowed.some(([low, high]) => low <= count && count <= high)
}

/** Says how often the parts of one file ran, from nothing but Istanbul's numbers and the syntax tree. */
export class Witness {
  constructor(syntax: Syntax, numbers: IstanbulNumbers) {
    this.#syntax = syntax
    this.#numbers = numbers
  }

  readonly #syntax: Syntax
  readonly #numbers: IstanbulNumbers

  /** Executions of a statement; where Istanbul has none for it, between those of its neighbours. */
  executions(statement: Node): Allowed {
    const own = this.#own(statement)
    return own.length > 0 ? exactly(own) : this.between(statement)
  }

  /** At most as often as what stands in front of it in its list, at least as often as what follows. */
  between(statement: Node): Allowed {
    const holder = this.#holderOf(statement)
    const list = holder && listOf(holder)
    if (!list) return []
    const at = list.findIndex(({ start, end }) => start <= statement.start && statement.end <= end)
    // Nothing in front of it that could fail or jump: execution arrives whenever the list is entered.
    if (list.slice(0, at).every(isInert)) return this.entries(holder)
    const before = list.slice(0, at).flatMap((node) => this.#largest(node))
    const after = list.slice(at + 1).flatMap((node) => this.#smallest(node))
    return this.entries(holder).map(([, most]) => [Math.max(0, ...after), Math.min(most, ...before)])
  }

  /** Entries of what holds a list of statements, or executions of a single statement in place of a block. */
  entries(holder: Node): Allowed {
    const list = listOf(holder)
    if (!list) return this.executions(holder)
    const parent = this.#syntax.parentOf(holder)
    if (!parent) return this.#first(list) ?? [[1, Infinity]]
    if (isFunction(parent)) return this.calls(parent)
    if (holder.type === 'SwitchCase') return this.clauses(holder)
    const first = this.#first(list)
    if (first) return first
    if (isLoop(parent)) return [[0, Infinity]]
    return this.around(holder).map(([, most]) => [0, most])
  }

  /** Calls of a function. */
  calls(node: Node): Allowed {
    const body = 'body' in node && node.body ? this.#at('functions', node.body as Node) : []
    return exactly(body.length > 0 ? body : this.#at('functions', node))
  }

  /** How often a constructor gives its parameter properties their values: after `super()`, before all other statements. */
  assigned(constructor_: Node): Allowed {
    const body = 'body' in constructor_ && constructor_.body ? listOf(constructor_.body as Node) : undefined
    const first = (body ?? []).filter((node) => !isSuperCall(node)).flatMap((node) => this.#smallest(node))
    return this.calls(constructor_).map(([low, high]) => [first[0] ?? low, high])
  }

  /** Evaluations of a declarator's or field's value, or of an arrow function's body. */
  values(node: Node): Allowed {
    return exactly(this.#at('statements', bare(node)))
  }

  /** Evaluations of an arm. */
  arms(node: Node): Allowed {
    return exactly(this.#at('arms', bare(node)))
  }

  /** Evaluations of the arms that Istanbul has on a line. */
  armsOn(line: number): Allowed {
    return exactly(this.#numbers.arms.get(line) ?? [])
  }

  /** Calls of the functions that Istanbul has on a line. */
  callsOn(line: number): readonly number[] {
    return this.#numbers.functions.get(line) ?? []
  }

  /** Entries of a clause of `switch`. */
  clauses(node: Node): Allowed {
    return exactly(this.#at('clauses', node))
  }

  /** Executions of the `if`s that Istanbul has on a line, by their two ways. */
  ifs(line: number): Allowed {
    return exactly(this.#numbers.ifs.get(line) ?? [])
  }

  /**
   * Tests or rounds of a loop: one for each execution and one for each time its body came round. What leaves a loop early
   * takes some away, but none of those that a body or an execution began with. Errors take no more away than there are
   * executions that the statement behind the loop does not have.
   */
  rounds(loop: Node & { body: Node }): Allowed {
    const early = canBeLeft(loop.body)
    const bodies = this.entries(loop.body)
    if (loop.type === 'DoWhileStatement') return bodies.map(([low, high]) => [early ? 0 : low, high])
    return this.executions(loop).flatMap(([least, most]) =>
      bodies.map(([low, high]): Range => {
        if (high === Infinity) return [least, high]
        return [
          early ? Math.max(least, low) : low + Math.min(least, this.#behind(loop) ?? least),
          most + high,
        ]
      }),
    )
  }

  #behind(statement: Node): number | undefined {
    const holder = this.#syntax.parentOf(statement)
    const list = (holder && listOf(holder)) ?? []
    return list.slice(list.indexOf(statement) + 1).flatMap((node) => this.#smallest(node))[0]
  }

  /** How often what is directly around a node ran: its statement, arm, field, function or list. */
  around(node: Node): Allowed {
    const parent = this.#syntax.parentOf(node)
    if (!parent) return [[1, Infinity]]
    if (listOf(parent)?.some((item) => item === node)) return this.#inList(node, parent)
    if (isFunction(parent)) {
      const arrow = parent.type === 'ArrowFunctionExpression' && parent.body === node
      return arrow && node.type !== 'BlockStatement' ? this.values(node) : this.calls(parent)
    }
    if (parent.type === 'PropertyDefinition' && parent.value === node) return this.values(node)
    if (isArm(node, parent) && startsLine(this.#syntax.source, bare(node).start)) return this.arms(node)
    if (isLoop(parent) && isRepeated(node, parent)) return this.rounds(parent)
    if (/Statement$/.test(node.type) && node.type !== 'BlockStatement') return exactly(this.#own(node))
    return this.around(parent)
  }

  #inList(node: Node, list: Node): Allowed {
    if (!isDefinition(node)) return this.executions(node)
    const clause = list.type === 'SwitchCase' && this.#syntax.parentOf(list)
    return clause ? this.executions(clause) : this.entries(list)
  }

  /** What Istanbul has for a statement itself, on the line where it should have it. */
  #own(node: Node): readonly number[] {
    switch (node.type) {
      case 'ExportNamedDeclaration':
        return node.declaration ? this.#own(node.declaration) : []
      case 'VariableDeclaration': {
        const value = node.declarations[0]?.init
        return value ? this.#at('statements', bare(value)) : []
      }
      default:
        return /Statement$/.test(node.type) && node.type !== 'BlockStatement'
          ? this.#at('statements', node)
          : []
    }
  }

  #largest(node: Node): number[] {
    const own = this.#own(node)
    return own.length > 0 ? [Math.max(...own)] : []
  }

  #smallest(node: Node): number[] {
    const own = this.#own(node)
    return own.length > 0 ? [Math.min(...own)] : []
  }

  /** The first statement in a list that Istanbul counts. */
  #first(list: readonly Node[]): Allowed | undefined {
    for (const node of list) {
      const own = this.#own(node)
      if (own.length > 0) return exactly(own)
      const block = node.type === 'BlockStatement' ? this.#first(node.body) : undefined
      if (block) return block
    }
    return undefined
  }

  #holderOf(node: Node): Node | undefined {
    let holder = this.#syntax.parentOf(node)
    while (holder && !listOf(holder)) holder = this.#syntax.parentOf(holder)
    return holder
  }

  #at(kind: keyof IstanbulNumbers, node: Node): readonly number[] {
    return this.#numbers[kind].get(this.#syntax.lineAt(node.start)) ?? []
  }
}

function exactly(numbers: readonly number[]): Allowed {
  return numbers.map((number) => [number, number])
}

function isSuperCall(node: Node): boolean {
  return (
    node.type === 'ExpressionStatement' &&
    node.expression.type === 'CallExpression' &&
    node.expression.callee.type === 'Super'
  )
}

function isRepeated(node: Node, loop: Node): boolean {
  return ('test' in loop && loop.test === node) || ('update' in loop && loop.update === node)
}

/** Whether something in the body of a loop can leave the loop, errors apart. */
function canBeLeft(body: Node): boolean {
  if (isFunction(body)) return false
  return (
    /^(Break|Return|Throw)Statement$|^(Yield|Await)Expression$/.test(body.type) ||
    (body.type === 'ContinueStatement' && body.label !== null) ||
    childrenOf(body).some(canBeLeft)
  )
}

/** Whether nothing of a statement can fail: definitions, types, declarations without a value, and classes. */
function isInert(node: Node): boolean {
  const declared = 'declaration' in node && node.declaration ? (node.declaration as Node) : node
  if (declared.type === 'VariableDeclaration') return declared.declarations.every(({ init }) => !init)
  return (
    isDefinition(node) ||
    declared.type === 'ClassDeclaration' ||
    /^TS(Interface|TypeAlias)|^TSDeclare/.test(declared.type)
  )
}

/** What has the number of the list it stands in. */
function isDefinition(node: Node): boolean {
  const declared = 'declaration' in node ? node.declaration : undefined
  return (
    /^(FunctionDeclaration|ImportDeclaration|ExportAllDeclaration|TSImportEqualsDeclaration)$/.test(
      (declared ?? node).type,
    ) ||
    (node.type === 'ExportNamedDeclaration' && !declared)
  )
}
