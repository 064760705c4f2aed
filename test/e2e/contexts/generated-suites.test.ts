import { join } from 'node:path'
import { instrument } from '@tstrace/instrument'
import { CoverageResults } from 'tstrace'
import { describe, expect, test } from 'vitest'
import { JEST_MAJORS, jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { ANY_MAJOR, vitestProject } from '../vitest-project.ts'
import { countedContexts } from './counted-contexts.ts'
import { expectOwned, generate, SEED, suitesOf, writeSuites } from './generated-suites.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

/** What is in a counts file, context by context. */
function allIn(folder: string, file: string): unknown {
  const results = new CoverageResults(join(folder, file), { root: folder })
  return results.contexts().map((context) => [context, results.of(context).toJSON()])
}

test.each(ANY_MAJOR)(`Vitest %i: shards add up to what one run has, SUITES_SEED=${SEED}`, async (major) => {
  const project = vitestProject(major, FIXTURE)
  writeSuites(project, 'Vitest', { isSerial: true })
  const run = async (file: string, shard: string[] = []): Promise<void> => {
    const env = { TSTRACE: `--contexts test --trackcalls -f ${file}` }
    const { stderr } = await project.vitest(['--reporter=tstrace', ...shard, 'generated'], { env })
    expect(stderr).not.toContain('tstrace:')
  }
  await run('whole.counts')
  for (const shard of [1, 2]) await run('shards.counts', [`--shard=${shard}/2`])
  countedContexts(project.folder, 'whole.counts')
  expect(allIn(project.folder, 'shards.counts')).toEqual(allIn(project.folder, 'whole.counts'))
})

test.each(JEST_MAJORS)(`Jest %i: shards add up to what one run has, SUITES_SEED=${SEED}`, async (major) => {
  const reporters = ['default', 'tstrace/jest']
  const project = jestProject(major, FIXTURE, { transform: TRANSFORMS['@swc/jest'], reporters })
  writeSuites(project, 'Jest', { isSerial: true })
  const run = async (file: string, shard: string[] = []): Promise<void> => {
    const env = { TSTRACE: `--contexts test --trackcalls -f ${file}` }
    const { stderr } = await project.jest(['-i', ...shard, 'generated'], { env })
    expect(stderr).not.toContain('tstrace:')
  }
  await run('whole.counts')
  for (const shard of [1, 2]) await run('shards.counts', [`--shard=${shard}/2`])
  countedContexts(project.folder, 'whole.counts')
  expect(allIn(project.folder, 'shards.counts')).toEqual(allIn(project.folder, 'whole.counts'))
})

describe('what was ascribed to a stranger is found', () => {
  const [plan] = suitesOf(1, { seed: 1, isSerial: true })
  const suite = generate(plan as NonNullable<typeof plan>, 0, 'Vitest')
  const text = suite.files[suite.source] as string
  const { hash, sites } = instrument(text, { file: suite.source }) as NonNullable<
    ReturnType<typeof instrument>
  >
  const { counter } = sites.functions.find(({ name }) => name === 'site0') as { counter: number }
  const inContext = (kind: 'import' | 'late', file: string): CoverageResults => {
    const results = new CoverageResults()
    const counts = new Float64Array(sites.counters)
    counts[counter] = 1
    results.addSource({ path: suite.source, hash, sites, counts }, { kind, project: '', file })
    return results
  }

  test.each([
    ['in another kind of context', 'late', suite.path],
    ['in another file', 'import', 'test/other.test.ts'],
  ] as const)('%s', (_what, kind, file) => {
    expectOwned(inContext('import', suite.path), suite)
    expect(() => expectOwned(inContext(kind, file), suite)).toThrow()
  })
})
