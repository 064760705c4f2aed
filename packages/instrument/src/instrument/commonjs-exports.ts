import { initSync, parse } from 'cjs-module-lexer'
import type { CallExpression, Expression, NewExpression, Node, Program, StringLiteral } from 'oxc-parser'

/** What Node reads out of the text of a CommonJS module before it runs, so that ES modules can import it by name. */
export interface ExportsInText {
  readonly exports: readonly string[]
  /** Modules whose exports are its own too, as `require` is given them. */
  readonly reexports: readonly string[]
}

const NOTHING: ExportsInText = { exports: [], reexports: [] }

/** Only of these forms text is asked for that counters change. */
const SENSITIVE = /\bdefineProperty\b|\bkeys\b|\b__export|\brequire\b/

/** What Node reads out of a source text, if that can change with counters in it. */
export function exportsToKeep(source: string, program: Program): ExportsInText {
  if (!/\bexports\b|\b__export/.test(source) || !SENSITIVE.test(source)) return NOTHING
  return program.body.some(({ type }) => /^(Import|Export)/.test(type)) ? NOTHING : exportsInText(source)
}

/** Node's own lexer, which takes what it does not understand for a module without names. */
function exportsInText(text: string): ExportsInText {
  initSync()
  try {
    return parse(text)
  } catch {
    return NOTHING
  }
}

/**
 * The name in `Object.defineProperty(exports, 'name', { get … })`. With a counter in the getter Node would not only no
 * longer see the name but refuse it wherever it stands; in parentheses it does not see this call.
 */
export function nameOfGetter(node: CallExpression | NewExpression): StringLiteral | undefined {
  const [target, name, descriptor] = node.arguments
  if (!isMember(node.callee, 'Object', 'defineProperty') || name?.type !== 'Literal') return undefined
  if (descriptor?.type !== 'ObjectExpression' || typeof name.value !== 'string') return undefined
  const isOwn =
    target?.type === 'Identifier' ? target.name === 'exports' : isMember(target, 'module', 'exports')
  const hasGetter = descriptor.properties.some(
    (property) =>
      property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'get',
  )
  return isOwn && hasGetter ? (name as StringLiteral) : undefined
}

/**
 * Code that does nothing and says to Node what cannot be read any more where the counters are.
 *
 * @param name of a function that nobody calls
 */
export function lostExportsCode(name: string, kept: ExportsInText, counted: () => string): string {
  if (kept.exports.length + kept.reexports.length === 0) return ''
  const left = exportsInText(counted())
  const lost = kept.exports.filter((one) => !left.exports.includes(one))
  const modules = kept.reexports.filter((one) => !left.reexports.includes(one))
  const names = lost.map((one) => `exports[${JSON.stringify(one)}]=0;`).join('')
  return (
    (names && `function ${name}(){${names}}`) +
    modules.map((one) => `0&&__exportStar(require(${JSON.stringify(one)}));`).join('')
  )
}

function isMember(node: Expression | Node | undefined, object: string, property: string): boolean {
  return (
    node?.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === object &&
    node.property.type === 'Identifier' &&
    node.property.name === property
  )
}
