import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Zod from 'zod'
import { packageFolder } from '../real-sources.ts'

/** Schemas of every kind, good and bad input, from the TypeScript sources. */
export async function run(): Promise<unknown> {
  const entry = pathToFileURL(join(packageFolder('zod'), 'src/v4/classic/index.ts')).href
  const z = ((await import(entry)) as { z: typeof Zod }).z
  const user = z.object({
    name: z.string().min(2).max(9).trim(),
    age: z.number().int().positive().optional(),
    tags: z.array(z.enum(['a', 'b'])).default(['a']),
    when: z.coerce.date(),
    kind: z.discriminatedUnion('type', [
      z.object({ type: z.literal('x'), x: z.bigint() }),
      z.object({ type: z.literal('y'), y: z.tuple([z.string(), z.boolean()]) }),
    ]),
    map: z.map(z.string(), z.set(z.number())).nullish(),
    rest: z.record(z.string(), z.union([z.string(), z.null()])),
  })
  type Lazy = { children: Lazy[] }
  const lazy: Zod.ZodType<Lazy> = z.lazy(() => z.object({ children: z.array(lazy) }))
  const inputs: [Zod.ZodType, unknown][] = [
    [user, { name: ' bob ', age: 3, when: '2020-01-01', kind: { type: 'x', x: 1n }, rest: { a: null } }],
    [
      user,
      {
        name: 'b',
        age: -1.5,
        tags: ['c'],
        when: 'never',
        kind: { type: 'z' },
        map: new Map([['a', 1]]),
        rest: [],
      },
    ],
    [user.partial().strict(), { unknown: 1 }],
    [user.pick({ name: true }).extend({ more: z.email() }), { name: 'bob', more: 'a@b.co' }],
    [lazy, { children: [{ children: [] }, { children: [1] }] }],
    [
      z
        .string()
        .transform((text) => text.length)
        .pipe(z.number().max(3)),
      'four',
    ],
    [z.string().refine((text) => text !== 'no', 'not no'), 'no'],
    [z.intersection(z.object({ a: z.string() }), z.object({ b: z.number() })), { a: 'a', b: 2 }],
    [z.uuid().or(z.ipv4()).or(z.url()), 'http://localhost'],
    [z.string().catch('caught'), 7],
    [z.nan().or(z.undefined()).or(z.symbol()), Number.NaN],
    [z.function({ input: [z.string()], output: z.number() }) as unknown as Zod.ZodType, 1],
    [z.iso.datetime(), '2020-01-01T00:00:00Z'],
  ]
  const results = []
  for (const [schema, input] of inputs) {
    const { data, error } = await schema.safeParseAsync(input)
    results.push(
      error ? error.issues.map(({ code, message, path }) => [code, message, path.map(String)]) : String(data),
    )
  }
  const json = z.toJSONSchema(user.pick({ name: true, age: true, tags: true }))
  const names = Object.entries(z).map(([name, value]) =>
    typeof value === 'function' ? `${name} ${value.name} ${value.length}` : name,
  )
  let thrown = ''
  try {
    z.number().parse('x')
  } catch (error) {
    thrown = String((error as Error).message)
  }
  return { results, json, names, thrown }
}
