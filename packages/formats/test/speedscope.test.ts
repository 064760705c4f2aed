import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { speedscope } from '../src/speedscope.ts'
import { calledInput } from './called.ts'
import { textOf } from './counted.ts'

const schema = new URL(import.meta.resolve('speedscope/dist/release/file-format-schema.json'))

interface Document {
  readonly shared: {
    readonly frames: readonly { readonly name: string; readonly file?: string; readonly line?: number }[]
  }
  readonly profiles: readonly [
    {
      readonly samples: readonly (readonly [number, number])[]
      readonly weights: readonly number[]
      readonly endValue: number
    },
  ]
}

test('the file has the form that speedscope asks for, and the calls that were recorded', () => {
  const input = calledInput()
  const document = JSON.parse(textOf(speedscope(input))) as Document
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schema, 'utf8')) as object)
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
  const [{ endValue, samples, weights }] = document.profiles
  const functionAt = (place: number) => document.shared.frames[place]
  const found = samples.map(([caller, callee], at) => [functionAt(caller), functionAt(callee), weights[at]])
  const edges = input.results.edges().filter(({ callee, calls }) => calls > 0 && input.keep(callee.path))
  expect(found).toHaveLength(edges.length)
  for (const { callee, caller, calls } of edges)
    expect(found).toContainEqual([
      expect.objectContaining({ name: caller.name, ...(caller.path && { file: caller.path }) }),
      expect.objectContaining({ name: callee.name, file: callee.path, line: expect.any(Number) }),
      calls,
    ])
  expect(endValue).toBe(edges.reduce((sum, { calls }) => sum + calls, 0))
})
