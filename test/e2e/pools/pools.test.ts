import { CoverageResults } from '@tstrace/results'
import { describe, expect, test } from 'vitest'
import { rowsOf } from '../matrix.ts'
import { ANY_MAJOR, type Major, majorsOf, NEWEST, vitestProject } from '../vitest-project.ts'
import { POOLS_OF_VITEST } from './where.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

const POOLS: Readonly<Record<string, readonly string[]>> = {
  forks: ['--pool=forks'],
  threads: ['--pool=threads'],
  vmForks: ['--pool=vmForks'],
  vmThreads: ['--pool=vmThreads'],
  'isolate: false': ['--pool=forks', '--no-isolate'],
}

/** Tests of Vitest only: Jest has listeners of its own. */
const LEAKS = `import { isMainThread } from 'node:worker_threads'
import { expect, test } from 'vitest'

test('nobody but Node listens for the end of the process', () => {
  // In a thread, newer versions do so themselves.
  const ofNode = isMainThread || Number.parseInt(process.versions.node, 10) < 24 ? 0 : 1
  expect(process.listenerCount('exit')).toBe(ofNode)
})
`

async function resultsOf(major: Major, pool: readonly string[]) {
  const project = vitestProject(major, FIXTURE)
  project.write('test/leaks.test.ts', LEAKS)
  const ended = await project.vitest(['--reporter=tstrace', ...pool], { env: { TSTRACE: '-T' } })
  expect(ended).toMatchObject({ status: 0, stderr: '' })
  return { project, results: project.read('coverage/tstrace/results.json') }
}

const expected = resultsOf(NEWEST, POOLS.forks as readonly string[])

test('the counts are those one finds with a pencil', async () => {
  const { project } = await expected
  expect(project.read('coverage/tstrace/src/bakery.cover')).toMatchInlineSnapshot(`
    "    1: import { Oven } from './oven.ts'
           
        1: export enum Dough {
             Rye,
             Wheat,
           }
           
           export interface Loaf {
             readonly dough: Dough
             readonly grams: number
           }
           
        1: export class Bakery {
        3:   #sold = 0
        1:   static readonly name2 = 'corner'
           
        1:   constructor(private readonly oven: Oven = new Oven()) {}
           
        1:   get sold(): number {
        1:     return this.#sold
             }
           
        1:   *loaves(count: number): Generator<Loaf> {
        9:     for (let i = 0; i < count; i++) {
        6:       yield { dough: i % 2 ? Dough.Wheat : Dough.Rye, grams: 500 + i }
               }
             }
           
        1:   async bake(count: number): Promise<Loaf[]> {
        3:     const baked: Loaf[] = []
        9:     for (const loaf of this.loaves(count)) {
        6:       baked.push(await this.oven.heat(loaf))
        6:       this.#sold += 1
               }
        3:     return baked
             }
           }
           
        1: export const heaviest = (loaves: readonly Loaf[]) =>
        1:   loaves
        3:     .map((loaf) => loaf.grams)
        2:     .sort((a, b) => b - a)
               .at(0)
    "
  `)
})

test.each(rowsOf({ name: Object.keys(POOLS), major: majorsOf(POOLS_OF_VITEST) }, 1))(
  'Vitest $major, $name gives the same results',
  async ({ major, name }) => {
    const { results } = await resultsOf(major, POOLS[name] as readonly string[])
    expect(results).toBe((await expected).results)
  },
)

describe.each(ANY_MAJOR)('Vitest %i', (major) => {
  test('the results of two shards add up to those of the whole run', async () => {
    const [sum, other] = await Promise.all([
      resultsOf(major, ['--shard=1/2']).then(({ results }) => CoverageResults.fromJSON(results)),
      resultsOf(major, ['--shard=2/2']).then(({ results }) => CoverageResults.fromJSON(results)),
    ])
    expect(sum.sources()).not.toEqual([])
    expect(other.sources()).not.toEqual([])
    sum.update(other)
    expect(JSON.parse((await expected).results)).toEqual(JSON.parse(JSON.stringify(sum)))
  })
})
