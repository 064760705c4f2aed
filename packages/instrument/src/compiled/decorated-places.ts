import type { Place } from '@tstrace/results'
import type { Class, Node } from 'oxc-parser'
import { decoratedStart } from '../instrument/decorated-start.ts'
import { nextToken } from '../instrument/ignore-hints.ts'
import { parse } from '../instrument/parse.ts'
import { loadParser } from '../instrument/parser.ts'
import { SourceLines } from '../instrument/source-lines.ts'
import type { Language } from '../source-file/source-kind.ts'

/** Where a decorated class or member starts. */
export interface Decorated {
  /** With its decorators. */
  readonly front: Place
  /** Behind them. */
  readonly behind: Place
}

/**
 * The decorated classes and members of a source, by either place: compilers hand decorators to functions of their own,
 * elsewhere, and map a class or a field to what stands behind them.
 */
export function decoratedPlaces(source: string, file: string, language: Language): Map<string, Decorated> {
  const found = new Map<string, Decorated>()
  if (!MAY_DECORATE.test(source)) return found
  const lines = new SourceLines(source)
  const add = (start: number, decorators: Class['decorators']): void => {
    const last = decorators.at(-1)
    if (!last) return
    const front = lines.placeOf(start)
    const behind = lines.placeOf(nextToken(source, last.end))
    for (const place of [front, behind]) found.set(keyOf(place), { front, behind })
  }
  const statement = (node: Node, declared: Node | null): void => {
    if (declared?.type === 'ClassDeclaration') add(decoratedStart(node), declared.decorators)
  }
  const { Visitor } = loadParser()
  new Visitor({
    ExportNamedDeclaration: (node) => statement(node, node.declaration),
    ExportDefaultDeclaration: (node) => statement(node, node.declaration),
    ClassDeclaration: (node) => statement(node, node),
    PropertyDefinition: (node) => add(node.decorators[0]?.start ?? node.start, node.decorators),
    AccessorProperty: (node) => add(node.decorators[0]?.start ?? node.start, node.decorators),
  }).visit(parse(source, file, language).program)
  return found
}

/** Not the `@` of a package's name in quotes, nor that of a comment's tag. */
const MAY_DECORATE = /(?:^|[\w$)\]>,;{}(/])\s*@[^\s/]/m

/** What `decoratedPlaces` knows a place by. */
export function keyOf({ line, column }: Place): string {
  return `${line}:${column}`
}
