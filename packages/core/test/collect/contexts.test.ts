import { instrument } from '@tstrace/instrument'
import type { Context, CoverageResults } from '@tstrace/results'
import { expect, test } from 'vitest'
import { Collector } from '../../src/collect/collector.ts'
import type { Counted } from '../../src/collect/counted.ts'
import { encodeFrame, type FrameLabel } from '../../src/collect/frame.ts'
import { type BegunTest, RunningContexts } from '../../src/collect/running-contexts.ts'

const SOURCE = instrument('export function f() { return 1 }\n', { file: 'a.js', calls: true })
const { sites, id, hash } = SOURCE as NonNullable<typeof SOURCE>

/** What a worker does: `count` counts, and each boundary takes what was counted until then. */
function followed(
  follow: (contexts: RunningContexts, count: (times: number) => void) => void,
): CoverageResults {
  const collector = new Collector({ contexts: true })
  let counted = 0
  const take = (): void => {
    const label: FrameLabel = {
      testFile: '/shop/a.test.ts',
      project: 'unit',
      ...contexts.take(),
    }
    collector.add(encodeFrame(counts(counted), label), 'the worker')
    counted = 0
  }
  const contexts = new RunningContexts(take)
  follow(contexts, (times) => {
    counted += times
  })
  take()
  const known = (): { sites: typeof sites; hash: string } => ({ sites, hash })
  return collector.finish(known, { pathOf: (testFile) => testFile.replace('/shop/', '') }).results
}

function counts(times: number): Counted {
  if (times === 0) return { sources: [], edges: [] }
  const edge = {
    callerId: id,
    callerFunction: 0,
    calleeId: id,
    calleeFunction: 1,
    calls: times,
    resumptions: 2 * times,
  }
  return {
    sources: [{ id, path: 'a.js', counts: new Float64Array(sites.counters).fill(times) }],
    edges: [edge],
  }
}

/** How often `f` was called in each context. */
function calls(results: CoverageResults): [context: string, calls: number][] {
  return results.contexts().map((context) => {
    const own = results.of(context)
    const called = own.versions().length > 0 ? (own.functions('a.js')[1]?.calls ?? 0) : 0
    expect(own.edges().map((edge) => [edge.calls, edge.resumptions])).toEqual(
      called > 0 ? [[called, 2 * called]] : [],
    )
    return [name(context), called]
  })
}

function name(context: Context): string {
  if (context.kind === 'overlap') return context.members.map(name).join(' or ')
  if (context.kind === 'hooks') return `hooks of ${context.titles.join(' > ')}`
  if (context.kind !== 'test') return context.kind
  const { index, line, repeat, retry, state, titles } = context
  return `${titles.join(' > ')} #${index} repeat ${repeat} retry ${retry} ${state} :${line}`
}

const begun: BegunTest = { titles: ['outer', 'adds'], index: 0, retry: 0, repeat: 0, line: 3 }

test('what is counted belongs to what is running', () => {
  const [file, outer, one] = [{}, {}, {}]
  const results = followed((contexts, count) => {
    count(1)
    contexts.beginHooks(file, [])
    count(20)
    contexts.beginHooks(outer, ['outer'], file)
    count(300)
    contexts.beginTest(one, begun, outer)
    count(4000)
    contexts.beginTest(one, { ...begun, retry: 1 }, outer)
    count(50_000)
    contexts.endTest(one, 'passed')
    count(600_000)
    contexts.end(outer)
    contexts.end(file)
    count(7_000_000)
  })
  expect(calls(results)).toEqual([
    ['import', 1],
    ['hooks of ', 20],
    ['hooks of outer', 600_300],
    ['outer > adds #0 repeat 0 retry 0 unfinished :3', 4000],
    ['outer > adds #0 repeat 0 retry 1 passed :3', 50_000],
    ['late', 7_000_000],
  ])
})

test('tests that ran at the same time are one context, and what one of them ran alone is its own', () => {
  const [one, other] = [{}, {}]
  const results = followed((contexts, count) => {
    contexts.beginTest(one, begun)
    count(1)
    contexts.beginTest(other, { ...begun, titles: ['outer', 'a "quoted" \u2028 title'], line: 9 })
    count(20)
    contexts.endTest(one, 'failed')
    count(300)
    contexts.endTest(other, 'skipped')
  })
  expect(calls(results)).toEqual([
    ['outer > a "quoted" \u2028 title #0 repeat 0 retry 0 skipped :9', 300],
    ['outer > adds #0 repeat 0 retry 0 failed :3', 1],
    [
      'outer > a "quoted" \u2028 title #0 repeat 0 retry 0 skipped :9 or outer > adds #0 repeat 0 retry 0 failed :3',
      20,
    ],
  ])
})

test('hooks of one describe beside a test of another are in no context of their own', () => {
  const [file, one, other, test] = [{}, {}, {}, {}]
  const results = followed((contexts, count) => {
    contexts.beginHooks(file, [])
    contexts.beginHooks(one, ['one'], file)
    count(1)
    contexts.beginHooks(other, ['other'], file)
    count(20)
    contexts.beginTest(test, begun, one)
    count(300)
    contexts.end(other)
    count(4000)
    contexts.endTest(test, 'passed')
    count(50_000)
  })
  expect(calls(results)).toEqual([
    ['hooks of one', 50_001],
    ['outer > adds #0 repeat 0 retry 0 passed :3', 4000],
    ['hooks of one or hooks of other', 20],
    ['hooks of other or outer > adds #0 repeat 0 retry 0 passed :3', 300],
  ])
})

test('a test that ran nothing is there, and the end of a test that never began changes nothing', () => {
  const one = {}
  const results = followed((contexts, count) => {
    count(1)
    contexts.beginTest(one, begun)
    contexts.endTest(one, 'passed')
    contexts.endTest({}, 'failed')
  })
  expect(calls(results)).toEqual([
    ['import', 1],
    ['outer > adds #0 repeat 0 retry 0 passed :3', 0],
  ])
})
