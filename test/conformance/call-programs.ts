import fc from 'fast-check'

/*
 * Programs that note for themselves who calls whom. Every function but callbacks gets the name of its caller as an
 * argument, which makes the note the truth whatever is suspended, thrown or resumed in between.
 */

type Kind = 'plain' | 'async' | 'generator' | 'asyncGenerator'

interface Part {
  readonly name: string
  readonly kind: Kind
  /** A declaration, an arrow in a constant, a method, an accessor, or a constructor of a derived class. */
  readonly form: 'declaration' | 'arrow' | 'method' | 'getter' | 'constructor'
  readonly steps: readonly Step[]
}

type Step = (scope: Scope) => string

/** What a step may use: functions later in the list only, so that programs end. */
interface Scope {
  readonly me: string
  readonly kind: Kind
  readonly later: readonly Part[]
  readonly fresh: () => string
}

const canAwait = ({ kind }: Scope): boolean => kind === 'async' || kind === 'asyncGenerator'
const canYield = ({ kind }: Scope): boolean => kind === 'generator' || kind === 'asyncGenerator'

/** An expression that calls a part; what it gives depends on the part's kind. */
function call({ name, form }: Part, me: string): string {
  if (form === 'method') return `objects.${name}('${me}')`
  if (form === 'constructor') return `new ${name}('${me}')`
  return form === 'getter' ? `(callers.push('${me}'), objects.${name})` : `${name}('${me}')`
}

/** A statement that calls a part and runs it to its end, or leaves it half-way. */
function use(part: Part, scope: Scope, way: number): string {
  const made = call(part, scope.me)
  const it = scope.fresh()
  switch (part.kind) {
    case 'plain':
      return (
        [`${made}`, `[1].map(() => {})\n;[1, 2].forEach(() => 0)\n${made}`, `void ${made}`][way % 3] ?? ''
      )
    case 'async':
      if (!canAwait(scope)) return `pending.push(${made}.catch(() => {}))`
      return (
        [
          `await ${made}`,
          `const ${it} = ${made}\n${it}.catch(() => {})\nawait null\nawait ${it}`,
          `await Promise.all([${made}, ${made}])`,
          `pending.push(${made}.catch(() => {}))`,
        ][way % 4] ?? ''
      )
    case 'generator':
      return (
        [
          `for (const x of ${made}) x`,
          `[...${made}]`,
          `const ${it} = ${made}\n${it}.next()\n${it}.return()`,
          `const ${it} = ${made}\n${it}.next()\ntry { ${it}.throw(new Error('into')) } catch {}`,
          `const ${it} = ${made}\n${it}.next()`,
          canYield(scope) ? `yield* ${made}` : `Array.from(${made})`,
        ][way % 6] ?? ''
      )
    case 'asyncGenerator':
      if (!canAwait(scope)) return `pending.push(${made}.next().catch(() => {}))`
      return (
        [
          `for await (const x of ${made}) x`,
          `for await (const x of ${made}) break`,
          `${it}: for (const y of [1, 2]) {\nfor await (const x of ${made}) continue ${it}\n}`,
          `const ${it} = ${made}\nawait ${it}.next()\nawait ${it}.return()`,
          scope.kind === 'asyncGenerator' ? `yield* ${made}` : `for await (const x of ${made}) await x`,
        ][way % 5] ?? ''
      )
  }
}

const calls: fc.Arbitrary<Step> = fc.tuple(fc.nat(9), fc.nat(11)).map(
  ([which, way]) =>
    (scope) =>
      scope.later.length > 0 ? use(scope.later[which % scope.later.length] as Part, scope, way) : 'null',
)
const pause: Step = (scope) =>
  canAwait(scope) ? 'await null' : canYield(scope) ? 'yield 1' : 'queueMicrotask(() => {})'
const give: Step = (scope) => (canYield(scope) ? `const [${scope.fresh()} = yield 2] = []` : '0')
const reject: Step = (scope) =>
  canAwait(scope) ? "await Promise.reject(new Error('no'))" : "throw new Error('no')"
const simple: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: calls, weight: 6 },
  { arbitrary: fc.constantFrom(pause, give), weight: 3 },
  {
    arbitrary: fc.constantFrom<Step>(
      reject,
      () => 'return 1',
      () => 'tick++',
    ),
    weight: 1,
  },
)

const { steps } = fc.letrec<{ step: Step; steps: Step }>((tie) => ({
  step: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    simple,
    fc.tuple(tie('steps'), tie('steps')).map(
      ([a, b]): Step =>
        (scope) =>
          `try {\n${a(scope)}\n} catch (e) {\n${b(scope)}\n}`,
    ),
    fc.tuple(tie('steps'), tie('steps')).map(
      ([a, b]): Step =>
        (scope) =>
          `try {\n${a(scope)}\n} finally {\n${b(scope)}\n}`,
    ),
    tie('steps').map(
      (a): Step =>
        (scope) =>
          `for (const x of [1, 2]) {\nif (tick++ > 300) break\n${a(scope)}\n}`,
    ),
    tie('steps').map(
      (a): Step =>
        (scope) =>
          `if (tick++ % 2) {\n${a(scope)}\n} else tick++`,
    ),
    tie('steps').map(
      (a): Step =>
        (scope) =>
          canAwait(scope) ? `for await (const x of [1, null]) {\n${a(scope)}\n}` : `{\n${a(scope)}\n}`,
    ),
  ),
  steps: fc.array(tie('step'), { minLength: 1, maxLength: 3 }).map(
    (list): Step =>
      (scope) =>
        list.map((step) => step(scope)).join('\n;'),
  ),
}))

const kinds = fc.constantFrom<Kind>('plain', 'plain', 'async', 'async', 'generator', 'asyncGenerator')
const forms = fc.constantFrom<Part['form']>('declaration', 'arrow', 'method', 'getter', 'constructor')

/** A program, and nothing else: its functions, and a body that calls them and waits for what it started. */
export const callPrograms: fc.Arbitrary<string> = fc
  .array(fc.tuple(kinds, forms, fc.array(steps, { minLength: 1, maxLength: 3 })), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((list) => fc.tuple(fc.constant(list), fc.array(steps, { minLength: 1, maxLength: 4 })))
  .map(([list, top]) => {
    const parts = list.map(([kind, form, body], n): Part => {
      const sync = kind === 'plain'
      const generates = kind === 'generator' || kind === 'asyncGenerator'
      const fits = (form === 'arrow' && !generates) || ((form === 'getter' || form === 'constructor') && sync)
      return { name: `f${n}`, kind, form: fits || form === 'method' ? form : 'declaration', steps: body }
    })
    return program(parts, top)
  })

function program(parts: readonly Part[], top: readonly Step[]): string {
  let made = 0
  const fresh = (): string => `x${made++}`
  const bodies = parts.map((part, n) => {
    const scope: Scope = { me: nameOf(part), kind: part.kind, later: parts.slice(n + 1), fresh }
    return part.steps.map((step) => `{\n${step(scope)}\n}`).join('\n')
  })
  const own = parts.map((part, n) => definition(part, bodies[n] as string)).filter(Boolean)
  const members = parts.map((part, n) => member(part, bodies[n] as string)).filter(Boolean)
  const scope: Scope = { me: '<module>', kind: 'async', later: parts, fresh }
  const body = top.map((step) => `try {\n${step(scope).replaceAll('return 1', '1')}\n} catch {}`)
  return [
    'let tick = 0',
    'const callers = [], pending = []',
    "class Base { constructor(caller) { note(caller, 'Base.constructor') } }",
    ...own,
    `const objects = {\n${members.join(',\n')}\n}`,
    ...body,
    'for (let i = 0; i < pending.length; i++) await pending[i]',
    'queueMicrotask(() => tick++)',
  ].join('\n')
}

/** The name under which the function stands in the results. */
function nameOf({ form, name }: Part): string {
  if (form === 'method') return `objects.${name}`
  if (form === 'getter') return `objects.get ${name}`
  return form === 'constructor' ? `${name}.constructor` : name
}

const words: Record<Kind, [string, string]> = {
  plain: ['', ''],
  async: ['async ', ''],
  generator: ['', '*'],
  asyncGenerator: ['async ', '*'],
}

function definition(part: Part, body: string): string {
  const [before, star] = words[part.kind]
  const note = `note(caller, '${nameOf(part)}')`
  if (part.form === 'declaration')
    return `${before}function${star} ${part.name}(caller) {\n${note}\n${body}\n}`
  if (part.form === 'arrow') return `const ${part.name} = ${before}(caller) => {\n${note}\n${body}\n}`
  if (part.form !== 'constructor') return ''
  // Known: a constructor that returns through `finally`, and has fields, is never the current one.
  const out = body.includes('finally') ? '1' : 'return'
  const first = `note(caller, '${nameOf(part)}')\nsuper('${nameOf(part)}')`
  return `class ${part.name} extends Base {\nfield = 1\nconstructor(caller) {\n${first}\n${body.replaceAll('return 1', out)}\n}\n}`
}

function member(part: Part, body: string): string {
  const [before, star] = words[part.kind]
  if (part.form === 'method') {
    return `${before}${star}${part.name}(caller) {\nnote(caller, '${nameOf(part)}')\n${body}\n}`
  }
  return part.form === 'getter'
    ? `get ${part.name}() {\nnote(callers.pop(), '${nameOf(part)}')\n${body}\n}`
    : ''
}
