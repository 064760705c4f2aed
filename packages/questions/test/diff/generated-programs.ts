import * as fc from 'fast-check'

/** A function of a generated program: it calls only those behind it, so that everything ends. */
export interface Generated {
  readonly name: string
  readonly body: readonly string[]
  /** How it is written. */
  readonly form: 'declaration' | 'arrow' | 'method'
}

const COUNT = 6

/** The functions of a program, the first of which calls others. */
export const generatedFunctions: fc.Arbitrary<readonly Generated[]> = fc.tuple(
  ...Array.from({ length: COUNT }, (_, at) => generatedFunction(at)),
)

function generatedFunction(at: number): fc.Arbitrary<Generated> {
  return fc.record({
    name: fc.constant(`f${at}`),
    form: fc.constantFrom<Generated['form'][]>('declaration', 'arrow', 'method'),
    body: fc.array(statement(at), { minLength: 1, maxLength: 4 }).map((statements) => statements.flat()),
  })
}

function statement(at: number): fc.Arbitrary<readonly string[]> {
  const call =
    at + 1 < COUNT
      ? fc.integer({ min: at + 1, max: COUNT - 1 }).map((callee) => `sum += f${callee}(n >> 1)`)
      : fc.constant('sum += n')
  const number = fc.integer({ min: 2, max: 5 })
  return fc.oneof(
    call.map((line) => [`  ${line}`]),
    number.map((more) => [`  sum += ${more}`]),
    fc
      .tuple(number, call, number)
      .map(([by, line, more]) => [
        `  if (n % ${by} === 0) {`,
        `    ${line}`,
        '  } else {',
        `    sum -= ${more}`,
        '  }',
      ]),
    fc
      .tuple(number, call)
      .map(([rounds, line]) => [`  for (let i = 0; i < ${rounds}; i++) {`, `    ${line}`, '  }']),
    number.map((more) => [`  sum += [1, 2].map((x) => x + ${more}).length`]),
  )
}

/** As text; `indent` goes in front of each line. */
export function textOf({ body, form, name }: Generated, indent = ''): string {
  const [first, last] = {
    declaration: [`function ${name}(n) {`, '}'],
    arrow: [`const ${name} = (n) => {`, '}'],
    method: [`const ${name} = { ${name}(n) {`, `} }.${name}`],
  }[form]
  return [first, '  let sum = 0', ...body, '  return sum', last].map((line) => `${indent}${line}\n`).join('')
}

export function textOfAll(functions: readonly Generated[]): string {
  return functions.map((one) => textOf(one)).join('\n')
}

/** Names of a function and of all that it may call, directly or through others. */
export function reachable(functions: readonly Generated[], start: string): ReadonlySet<string> {
  const found = new Set([start])
  for (const name of found)
    for (const [, callee = ''] of functions
      .find((one) => one.name === name)
      ?.body.join('\n')
      .matchAll(/\b(f\d)\(/g) ?? [])
      found.add(callee)
  return found
}
