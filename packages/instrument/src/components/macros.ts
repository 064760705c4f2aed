import type { CallExpression, Expression, ObjectExpression, Statement, VariableDeclarator } from 'oxc-parser'
import { parse } from '../instrument/parse.ts'
import type { Language } from '../source-file/source-kind.ts'

/** What of a `<script setup>` Vue's compiler makes part of the component. */
export interface Macros {
  /** Offsets of the statements of which nothing is left where they stand, from their starts to their ends. */
  readonly statements: ReadonlyMap<number, number>
  /** Offsets of the functions in them: the names of the properties that they become, with `.` between them. */
  readonly copied: ReadonlyMap<number, string>
}

/**
 * Finds what of a script is copied out of it, without a word of the source map.
 *
 * @param script its text, of which offsets are those of the component
 * @throws ParseError when it cannot be parsed
 */
export function macrosOf(script: string, file: string, language: Language): Macros {
  const statements = new Map<number, number>()
  const copied = new Map<number, string>()
  if (!MAY_HAVE_MACROS.test(script)) return { statements, copied }
  for (const statement of parse(script, file, language).program.body) {
    const calls = callsOf(statement)
    for (const [call, declarator] of calls)
      for (const [at, path] of copiedOf(call, declarator)) copied.set(at, path)
    if (calls.length > 0 && calls.every(([call]) => GONE.has(nameOf(call))))
      statements.set(statement.start, statement.end)
  }
  return { statements, copied }
}

const MAY_HAVE_MACROS = /\b(?:define(?:Props|Emits|Options|Slots|Model)|withDefaults)\s*[<(]/

/** Of `defineModel` a call is left. */
const GONE = new Set(['defineProps', 'defineEmits', 'defineOptions', 'defineSlots', 'withDefaults'])

/** The calls that a statement is, each with what its result is given to; none for statements that are anything else. */
function callsOf(statement: Statement): [CallExpression, VariableDeclarator?][] {
  if (statement.type === 'ExpressionStatement') {
    const call = bare(statement.expression)
    return call.type === 'CallExpression' ? [[call]] : []
  }
  if (statement.type !== 'VariableDeclaration') return []
  const calls = statement.declarations.flatMap((one): [CallExpression, VariableDeclarator][] => {
    const call = one.init && bare(one.init)
    return call?.type === 'CallExpression' ? [[call, one]] : []
  })
  return calls.length === statement.declarations.length ? calls : []
}

function copiedOf(call: CallExpression, declarator?: VariableDeclarator): [number, string][] {
  const [first, second] = call.arguments.flatMap((one) => (one.type === 'SpreadElement' ? [] : bare(one)))
  switch (nameOf(call)) {
    case 'defineProps':
      return [...functionsIn(first), ...defaultsIn(declarator)]
    case 'defineEmits':
    case 'defineOptions':
      return functionsIn(first)
    case 'withDefaults':
      return functionsIn(second)
    case 'defineModel': {
      const name = first?.type === 'Literal' && typeof first.value === 'string' ? first.value : undefined
      const options = functionsIn(name === undefined ? first : second)
      return options
        .filter(([, path]) => path !== 'get' && path !== 'set')
        .map(([at, path]) => [at, `${name ?? 'modelValue'}.${path}`])
    }
    default:
      return []
  }
}

/** The functions that are properties of an object, or of one in it. */
function functionsIn(value: Expression | undefined): [number, string][] {
  if (value?.type !== 'ObjectExpression') return []
  return value.properties.flatMap((property): [number, string][] => {
    const key = property.type === 'Property' && !property.computed ? keyOf(property) : undefined
    if (key === undefined || property.type !== 'Property') return []
    return copiedTo(key, property.value)
  })
}

/** Of `const { list = () => [] } = defineProps()`. */
function defaultsIn(declarator: VariableDeclarator | undefined): [number, string][] {
  if (declarator?.id.type !== 'ObjectPattern') return []
  return declarator.id.properties.flatMap((property): [number, string][] => {
    if (property.type !== 'Property' || property.value.type !== 'AssignmentPattern') return []
    const key = keyOf(property)
    return key === undefined ? [] : copiedTo(key, property.value.right)
  })
}

function copiedTo(key: string, written: Expression): [number, string][] {
  const value = bare(written)
  if (value.type === 'ArrowFunctionExpression' || value.type === 'FunctionExpression')
    return [[value.start, key]]
  return functionsIn(value).map(([at, path]) => [at, `${key}.${path}`])
}

function keyOf({
  key,
}: Pick<ObjectExpression['properties'][number] & { type: 'Property' }, 'key'>): string | undefined {
  if (key.type === 'Identifier') return key.name
  return key.type === 'Literal' ? String(key.value) : undefined
}

function nameOf({ callee }: CallExpression): string {
  return callee.type === 'Identifier' ? callee.name : ''
}

/** Without parentheses and types. */
function bare(value: Expression): Expression {
  switch (value.type) {
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return bare(value.expression)
    default:
      return value
  }
}
