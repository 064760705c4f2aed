import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as acorn from 'acorn'

/** Acorn reads itself, and says what is wrong with broken programs. */
export function run(): unknown {
  const file = createRequire(import.meta.url)
    .resolve('acorn')
    .replace(/js$/, 'mjs')
  const source = readFileSync(file, 'utf8')
  const tree = acorn.parse(source, { ecmaVersion: 'latest', sourceType: 'module', locations: true })
  const tokens = [...acorn.tokenizer(source.slice(0, 20_000), { ecmaVersion: 2022 })].length
  const broken = [
    'a +',
    'let a; let a',
    'class A { constructor() { super() } }',
    '`',
    'return',
    '/(?<a>x)(?<a>y)/u',
    'await 1',
  ]
  const errors = broken.map((text) => {
    try {
      return acorn.parse(text, { ecmaVersion: 2022 }).end
    } catch (error) {
      return String(error)
    }
  })
  const shape = Object.entries(acorn).map(([name, value]) =>
    typeof value === 'function' ? `${name} ${value.name} ${value.length}` : name,
  )
  return {
    tree: createHash('sha256')
      .update(JSON.stringify(tree, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)))
      .digest('hex'),
    tokens,
    errors,
    shape,
  }
}
