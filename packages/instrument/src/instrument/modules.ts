import type {
  ExportDefaultDeclaration,
  Program,
  Statement,
  TSModuleBlock,
  TSModuleDeclaration,
} from 'oxc-parser'
import { shownEntry } from './live.ts'
import { walkStatements } from './statements.ts'
import type { Walk } from './walk.ts'

/**
 * A whole file. Its entries are the evaluations of the module; imports and function declarations show them.
 *
 * @param leading offset of the first thing that may be moved behind our first counter
 * @returns whether there is anything in it that runs
 */
export function walkModule(program: Program, walk: Walk, leading: number): boolean {
  const first = program.body.findIndex((node) => !('directive' in node && node.directive))
  const statements = (first < 0 ? [] : program.body.slice(first)) as Statement[]
  const entry = walk.table.counter()
  walk.table.function(program, '<module>', entry)
  const prologue = walk.calls ? `var ${walk.below}=${walk.part('m')}();` : ''
  const fallback = walk.source.length
  if (walk.live) walk.insertions.insert(leading, `;${shownEntry(walk)};`, 'line')
  return (
    walkStatements(walk, { statements, from: leading, fallback, entry, always: false, prologue }) !==
    undefined
  )
}

/** A namespace is part of the names of the functions in it. */
export function moduleDeclaration(node: TSModuleDeclaration, walk: Walk): void {
  const { prefix } = walk
  if (!node.body) return
  walk.prefix = `${prefix}${walk.source.slice(node.id.start, node.id.end)}.`
  walk.visit(node.body)
  walk.prefix = prefix
}

/** `namespace N { … }` */
export function moduleBlock(node: TSModuleBlock, walk: Walk): void {
  walkStatements(walk, { statements: node.body, from: node.start + 1, always: false })
}

/** `export default function () {}` is called `default`. */
export function exportDefault(node: ExportDefaultDeclaration, walk: Walk): void {
  walk.visit(node.declaration, 'default')
}
