import fc from 'fast-check'

/*
 * Programs that count their own lines. `@` stands for the number of the line it is on: `hit(@)` is called each time
 * execution arrives at what starts there, once for each arrival, so the number of its calls is the number of the line.
 */

interface Scope {
  readonly kind: 'plain' | 'async' | 'generator' | 'asyncGenerator'
  /** Labels around, of loops and of blocks. */
  readonly loops: readonly string[]
  readonly blocks: readonly string[]
  readonly inLoop: boolean
  readonly inSwitch: boolean
  readonly inFunction: boolean
  /** Within `finally`: a way out of it would take the place of a `continue`, which has been counted by then. */
  readonly calm: boolean
  readonly fresh: (prefix: string) => string
}

type Part = (scope: Scope) => string[]

const canAwait = ({ kind }: Scope): boolean => kind === 'async' || kind === 'asyncGenerator'
const canYield = ({ kind }: Scope): boolean => kind === 'generator' || kind === 'asyncGenerator'

function pick<T>(items: readonly T[], n: number): T | undefined {
  return items[n % Math.max(items.length, 1)]
}

const simple: fc.Arbitrary<Part> = fc.tuple(fc.nat(16), fc.nat(9)).map(
  ([which, n]): Part =>
    (scope) => {
      const loop = pick(scope.loops, n)
      const block = pick(scope.blocks, n)
      const value = canAwait(scope) ? 'await hit(@)' : canYield(scope) ? 'yield hit(@)' : 'hit(@)'
      const lines: (string | false | undefined)[] = [
        'hit(@)',
        value,
        `const ${scope.fresh('c')} = ${value}`,
        `let ${scope.fresh('l')} = hit(@), ${scope.fresh('l')} = 2`,
        `var ${scope.fresh('v')} = { a: hit(@) }`,
        'hit(@); tick++',
        'tick += (hit(@), 1)',
        'if (hit(@)) tick++',
        scope.inLoop && 'if (maybe(@)) continue',
        scope.inLoop && 'if (maybe(@)) break',
        loop && `if (maybe(@)) continue ${loop}`,
        loop && `if (maybe(@)) break ${loop}`,
        block && `if (maybe(@)) break ${block}`,
        scope.inFunction && 'if (maybe(@)) return hit(-1)',
        !scope.calm && "if (maybe(@)) throw new Error('thrown')",
        scope.inSwitch && !scope.inLoop && 'if (maybe(@)) break',
        scope.inFunction && `return hit(@)`,
      ]
      return [pick(lines, which) || 'hit(@)']
    },
)

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`)

function calm(scope: Scope): Scope {
  return { ...scope, loops: [], blocks: [], inLoop: false, inSwitch: false, inFunction: false, calm: true }
}

const { parts } = fc.letrec<{ part: Part; parts: Part }>((tie) => {
  const inside = tie('parts')
  const two = fc.tuple(inside, inside)
  const loop = (scope: Scope): Scope => ({ ...scope, inLoop: true })
  const own = (scope: Scope, kind: Scope['kind'] = 'plain'): Scope => ({
    ...scope,
    kind,
    loops: [],
    blocks: [],
    inLoop: false,
    inSwitch: false,
    inFunction: true,
  })
  const part = fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: simple, weight: 6 },
    inside.map(
      (a): Part =>
        (s) => ['if (maybe(@)) {', ...indent(a(s)), '}'],
    ),
    two.map(
      ([a, b]): Part =>
        (s) => ['if (maybe(@)) {', ...indent(a(s)), '} else {', ...indent(b(s)), '}'],
    ),
    two.map(
      ([a, b]): Part =>
        (s) => [
          'if (maybe(@)) {',
          ...indent(a(s)),
          '} else if (maybe(@)) {',
          ...indent(b(s)),
          '} else',
          '  hit(@)',
        ],
    ),
    inside.map(
      (a): Part =>
        (s) => ['while (maybe(@)) {', ...indent(a(loop(s))), '}'],
    ),
    inside.map(
      (a): Part =>
        (s) => ['do {', ...indent(a(loop(s))), '} while (maybe(@))'],
    ),
    inside.map(
      (a): Part =>
        (s) => ['for (let i = 0; maybe(@); i++) {', ...indent(a(loop(s))), '}'],
    ),
    inside.map(
      (a): Part =>
        (s) => ['for (hit(@); ; hit(@)) {', '  if (!maybe(@)) break', ...indent(a(loop(s))), '}'],
    ),
    fc.tuple(inside, fc.nat(3)).map(
      ([a, n]): Part =>
        (s) => [`for (const x of items(@, ${n})) {`, ...indent(a(loop(s))), '}'],
    ),
    fc.tuple(inside, fc.nat(3)).map(
      ([a, n]): Part =>
        (s) => [
          canAwait(s) ? `for await (const x of items(@, ${n})) {` : `for (const x of items(@, ${n})) {`,
          ...indent(a(loop(s))),
          '}',
        ],
    ),
    fc.tuple(inside, fc.boolean()).map(
      ([a, await_]): Part =>
        (s) => {
          const label = s.fresh('loop')
          const head =
            canAwait(s) && await_ ? 'for await (const x of items(@, 2)) {' : 'for (const x of items(@, 2)) {'
          return [`${label}: ${head}`, ...indent(a({ ...loop(s), loops: [...s.loops, label] })), '}']
        },
    ),
    inside.map(
      (a): Part =>
        (s) => {
          const label = s.fresh('block')
          return [`${label}: {`, ...indent(a({ ...s, blocks: [...s.blocks, label] })), '}']
        },
    ),
    two.map(
      ([a, b]): Part =>
        (s) => ['try {', ...indent(a(s)), '} catch (e) { hit(@)', ...indent(b(s)), '}'],
    ),
    two.map(
      ([a, b]): Part =>
        (s) => ['try {', ...indent(a(s)), '} finally {', ...indent(b(calm(s))), '}'],
    ),
    two.map(
      ([a, b]): Part =>
        (s) => [
          'switch (Number(maybe(@))) {',
          '  case 0: hit(@)',
          ...indent(indent(a({ ...s, inSwitch: true }))),
          '  case 1: hit(@)',
          ...indent(indent(b({ ...s, inSwitch: true }))),
          '  default: hit(@)',
          '}',
        ],
    ),
    inside.map(
      (a): Part =>
        (s) => {
          const f = s.fresh('f')
          return [`${f}()`, `function ${f}() {`, ...indent(a(own(s))), '}', `${f}()`]
        },
    ),
    inside.map(
      (a): Part =>
        (s) => {
          const f = s.fresh('f')
          const use = canAwait(s) ? `await ${f}()` : `pending.push(${f}().catch(() => {}))`
          return [`const ${f} = async () => {`, ...indent(a(own(s, 'async'))), '}', use]
        },
    ),
    inside.map(
      (a): Part =>
        (s) => {
          const f = s.fresh('f')
          return [`function* ${f}() {`, ...indent(a(own(s, 'generator'))), '}', `for (const x of ${f}()) x`]
        },
    ),
    inside.map(
      (a): Part =>
        (s) => {
          const c = s.fresh('C')
          return [
            `class ${c} {`,
            '  field = hit(@)',
            '  static fixed = hit(@)',
            '  method() {',
            ...indent(indent(a(own(s)))),
            '  }',
            '}',
            `new ${c}().method()`,
          ]
        },
    ),
    fc.constant<Part>((s) => {
      const f = s.fresh('f')
      return [`const ${f} = (a, b = 1) =>`, '  hit(@)', `${f}() || ${f}(1)`, `[1, 2].map(${f})`]
    }),
    fc.constant<Part>(() => ['tick += maybe(@)', '  ? hit(@)', '  : hit(@)']),
    fc.constant<Part>(() => ['tick += maybe(@)', '  && hit(@)', '  || hit(@)']),
  )
  return {
    part,
    parts: fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map(
      (list): Part =>
        (scope) =>
          list.flatMap((one) => one(scope)),
    ),
  }
})

const heads = {
  plain: ['function main() {', 'main()'],
  async: ['async function main() {', 'await main()'],
  generator: ['function* main() {', 'for (const x of main()) x'],
  asyncGenerator: ['async function* main() {', 'for await (const x of main()) x'],
} as const

/** A program: the functions it counts with, and one function that uses every kind of statement. */
export const countedPrograms: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom<Scope['kind']>('plain', 'async', 'generator', 'asyncGenerator'), parts, fc.nat(99))
  .map(([kind, body, seed]) => {
    let made = 0
    const fresh = (prefix: string): string => `${prefix}${made++}`
    const [open, use] = heads[kind]
    const scope = {
      kind,
      loops: [],
      blocks: [],
      inLoop: false,
      inSwitch: false,
      inFunction: true,
      calm: false,
      fresh,
    }
    const lines = [
      'let tick = 0',
      'const pending = []',
      `const maybe = (line) => hit(line) && (tick++ * 7 + line + ${seed}) % 5 > 1`,
      'const items = (line, n) => ({ [Symbol.iterator]: () => ({ i: 0, next() { return hit(line), { value: this.i, done: this.i++ >= n } } }) })',
      open,
      ...indent(body(scope)),
      '}',
      use,
      'for (const one of pending) await one',
    ]
    return `${lines.map((line, n) => line.replaceAll('@', String(n + 1))).join('\n')}\n`
  })

/** The lines (1-based) that a program counts itself. */
export function countingLines(source: string): number[] {
  return source
    .split('\n')
    .map((line, n) => (new RegExp(`\\(${n + 1}[,)]`).test(line) ? n + 1 : 0))
    .filter(Boolean)
}
