// @vitest-environment jsdom

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { runInThisContext } from 'node:vm'
import { shortenedPath } from '@tstrace/results/shortened-path'
import { instance } from '@viz-js/viz'
import { expect, test } from 'vitest'
import { callGraph } from '../src/call-graph.ts'
import { dot } from '../src/dot.ts'
import type { FormatInput } from '../src/format.ts'
import { mermaid } from '../src/mermaid.ts'
import { speedscope } from '../src/speedscope.ts'
import { calledInput, HOSTILE } from './called.ts'
import { inputOf, textOf } from './counted.ts'

const around = { path: 'src/b.js', name: 'outer' }
const drawn: readonly [string, FormatInput][] = [
  ['sources', calledInput()],
  ['the neighbours of a function', calledInput({ around })],
]

/** What Graphviz takes the text for. */
async function renderedByGraphviz(text: string) {
  const graph = (await instance()).renderJSON(text) as {
    readonly label: string
    readonly objects: readonly { readonly label: string }[]
    readonly edges: readonly { readonly tail: number; readonly head: number; readonly label: string }[]
  }
  return {
    title: graph.label,
    labels: graph.objects.map(({ label }) => label),
    edges: graph.edges.map(({ head, label, tail }) => [tail, head, Number(label)]),
  }
}

// A script for pages, which sets a global variable.
const require = createRequire(import.meta.url)
runInThisContext(readFileSync(require.resolve('@mermaid-js/tiny'), 'utf8'))

interface FlowDb {
  getVertices(): Map<string, { readonly text: string }>
  getEdges(): readonly { readonly start: string; readonly end: string; readonly text: string }[]
  getDiagramTitle(): string
}

interface Mermaid {
  parse(text: string): Promise<unknown>
  readonly mermaidAPI: { getDiagramFromText(text: string): Promise<{ readonly db: FlowDb }> }
}

/** What Mermaid takes the text for, with characters again for their numbers. */
async function parsedByMermaid(text: string) {
  const { mermaid: library } = globalThis as unknown as { readonly mermaid: Mermaid }
  await library.parse(text)
  const { db } = await library.mermaidAPI.getDiagramFromText(text)
  const decoded = (label: string): string =>
    label.replaceAll(/(?:#|ﬂ°°)(\d+)(?:;|¶ß)/g, (_, code) => String.fromCodePoint(Number(code)))
  const ids = [...db.getVertices().keys()]
  return {
    labels: [...db.getVertices().values()].map((vertex) => decoded(vertex.text)),
    edges: db
      .getEdges()
      .map(({ end, start, text: calls }) => [ids.indexOf(start), ids.indexOf(end), Number(calls)]),
  }
}

test.each(drawn)('Graphviz and Mermaid draw %s as they are', async (_what, input) => {
  const graph = callGraph(input)
  const labels = graph.nodes.map(({ label }) => label)
  const edges = graph.edges.map(({ calls, from, to }) => [from, to, calls])
  expect(labels.some((label) => label.includes('<img src=x'))).toBe(true)
  const viz = await renderedByGraphviz(textOf(dot(input)))
  expect(viz.labels).toEqual(labels.map((label) => label.replaceAll('\\', '\\\\').replaceAll('&', '&amp;')))
  expect(viz.edges.sort()).toEqual(edges.toSorted())
  const flow = await parsedByMermaid(textOf(mermaid(input)))
  expect(flow.labels).toEqual(labels.map((label) => shortenedPath(label, 100)))
  expect(flow.edges.sort()).toEqual(edges.toSorted())
})

test('sources without tests and without what calls itself; two levels around a function', () => {
  const sources = callGraph(calledInput())
  const name = (at: number): string => (sources.nodes[at]?.label ?? '').replace(/".*\.js$/, '!')
  expect(sources.edges.map(({ calls, from, to }) => [name(from), name(to), calls])).toEqual([
    ['src/a.js', 'src/b.js', 8],
    ['src/!', 'src/a.js', 5],
    ['src/b.js', 'src/!', 4],
  ])
  const near = callGraph(calledInput({ around }))
  expect(near.title).toBe('Calls around src/b.js: outer')
  expect(near.nodes[0]).toEqual({ label: 'src/b.js: outer', isCenter: true })
  expect(near.edges.map(({ calls }) => calls)).toEqual([30, 8, 7, 5, 4, 2, 1])
})

test('what is too much is left out, and the drawing says so', async () => {
  const paths = Array.from({ length: 40 }, (_, i) => `src/${HOSTILE.repeat(3)}${i}.js`)
  const input = inputOf(paths.map((path) => ({ path, text: 'export function f() {}\n', counts: () => 1 })))
  for (const [i, from] of paths.entries())
    for (const [j, to] of paths.entries())
      input.results.addEdge({
        caller: { path: from, name: 'f' },
        callee: { path: to, name: 'f' },
        calls: i * 40 + j + 1,
        resumptions: 0,
      })
  const graph = callGraph(input)
  expect(graph.edges).toHaveLength(100)
  expect(graph.title).toMatch(
    /^Calls between sources: the 100 arrows with most calls\. 1460 more, with \d+ of \d+ calls, are left out$/,
  )
  expect((await renderedByGraphviz(textOf(dot(input)))).edges).toHaveLength(100)
  const text = textOf(mermaid(input))
  expect(text.length).toBeLessThanOrEqual(50_000)
  expect((await parsedByMermaid(text)).edges.length).toBeGreaterThan(20)
  expect(text).toMatch(/the \d+ arrows with most calls/)
})

test.each([
  ['Graphviz', dot],
  ['Mermaid', mermaid],
  ['speedscope', speedscope],
])('%s shows nothing of what was recorded without calls, and says so', (name, make) => {
  const input = inputOf([{ path: 'src/a.js', text: 'f()\n', counts: () => 1 }])
  const sentence = `${name} shows calls, and none were recorded: that takes the option trackcalls (-T).`
  expect(make(input)).toEqual({ files: [], problems: [sentence] })
})
