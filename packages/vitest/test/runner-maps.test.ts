import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { instrument } from '@tstrace/instrument'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createViteServer } from 'vitest/node'
import { injectTransform } from '../src/inject-transform.ts'
import type { TestProject } from '../src/vitest-versions.ts'

const SOURCES: Readonly<Record<string, string>> = {
  // From the first Vite's map is learned, by the second how it replaces calls; all others are without its map.
  'first.ts': `export function twice(n: number): number {\n  if (n > 1) return n + n\n  return n }\n`,
  'calls.ts': `import { twice } from './first'\nexport const four: number = twice(2)\ntwice(\n  // deep\n  twice(four))\ntwice()\n`,
  'uses.ts': `import first, { twice as double } from './default'
import * as all from './first'
import type { Gone } from './none'
export { twice as again } from './first'
export * from './calls'
const list = [double, all.twice(1), all, import.meta.url]; export { list, first as other }
export const made = { double, a: double }; double?.(1)
if (list) { void import('./calls') }
;[1].map(double)
export class Über extends first { private é = double(1); constructor(readonly name: Gone, public two = 2) { super() } }
`,
  'default.ts': `export default class Base { static one = 1 }\nexport const twice = async (a = 1) => { await 0; return \`\${a} }\` }\n`,
  'value.ts': `import { twice } from './first'\nexport default [1, 2].map((n) => twice((n)))\n`,
  // Speaks of the runner itself: left to Vite.
  'runner.ts': `export const name = '__vite_ssr_import_0__'\nexport function f() { return name }\n`,
}

const NAMES = Object.keys(SOURCES)
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tstrace-runner-maps-')))
beforeAll(() => {
  for (const name of NAMES) writeFileSync(join(folder, name), SOURCES[name] as string)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const TRANSFORM = {
  name: 'tstrace@test',
  run(code: string, id: string) {
    const made = id.startsWith(folder) ? instrument(code, { file: basename(id), calls: true }) : undefined
    return made && { code: made.code, map: { ...made.map, sources: [basename(id)] }, sign: made.id }
  },
  runBehind: <Result>(made: Result): Result => made,
}

interface Asking {
  /** Asked for its map by a plugin behind ours. */
  readonly asked?: string[]
}

async function serverWith(isOurs: boolean, { asked }: Asking = {}) {
  const plain = { name: 'plain', enforce: 'pre' as const, transform: TRANSFORM.run }
  const asking = {
    name: 'asking',
    enforce: 'post' as const,
    transform(this: { getCombinedSourcemap: () => { mappings: string } }) {
      asked?.push(this.getCombinedSourcemap().mappings)
    },
  }
  const plugins = [...(isOurs ? [] : [plain]), ...(asked ? [asking] : [])]
  const server = await createViteServer({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins,
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  })
  if (isOurs) injectTransform({ vite: server } as unknown as TestProject, TRANSFORM)
  return server
}

type Server = Awaited<ReturnType<typeof serverWith>>

/** What the runner is given of each source, one after the other. */
async function madeBy(server: Server) {
  const made = []
  for (const name of NAMES) {
    const result = await server.environments.ssr?.transformRequest(`/${name}`)
    const map = (result?.map ?? {}) as Record<string, unknown>
    made.push({
      name,
      code: result?.code,
      mappings: map.mappings,
      names: map.names,
      sources: map.sources,
      sourcesContent: map.sourcesContent,
    })
  }
  return made
}

test('maps are those that Vite makes, whether it makes them or not', async () => {
  const [vites, ours] = await Promise.all([serverWith(false), serverWith(true)])
  const container = ours.environments.ssr?.pluginContainer as unknown as {
    transform: (code: string, id: string, options?: object) => Promise<{ map: { mappings: string } }>
  }
  const withheld: string[] = []
  const { transform } = container
  container.transform = async (code, id, options) => {
    const result = await transform(code, id, options)
    if (result.map.mappings === '') withheld.push(basename(id))
    return result
  }
  try {
    expect(await madeBy(ours)).toEqual(await madeBy(vites))
    expect(withheld).toEqual(NAMES.slice(1))
    // Nobody else is given a module without its map.
    const direct = await container.transform(SOURCES['calls.ts'] as string, join(folder, 'calls.ts'))
    expect(direct.map.mappings).not.toBe('')
  } finally {
    await Promise.all([vites.close(), ours.close()])
  }
}, 30_000)

test('a plugin behind ours that asks for the map up to there is given it', async () => {
  const asked: Required<Asking>[] = [{ asked: [] }, { asked: [] }]
  const servers = await Promise.all([serverWith(false, asked[0]), serverWith(true, asked[1])])
  try {
    expect(await madeBy(servers[1] as Server)).toEqual(await madeBy(servers[0] as Server))
    expect(asked[1]?.asked.length).toBeGreaterThanOrEqual(NAMES.length)
    expect(new Set(asked[1]?.asked)).toEqual(new Set(asked[0]?.asked))
  } finally {
    await Promise.all(servers.map((server) => server.close()))
  }
}, 30_000)
