import { shortenedPath } from '@tstrace/results/shortened-path'
import { type CallGraph, callGraph } from './call-graph.ts'
import type { FormatInput, MakeFormat } from './format.ts'
import { ofCalls } from './reported-calls.ts'

/** What Mermaid draws, in characters; a diagram cannot ask for more. Its 500 edges we are far below. */
const LONGEST = 50_000

/** A label that is longer than this, in columns, is cut, and so is a title. */
const WIDEST = 100
const WIDEST_TITLE = 300

/** A drawing of the calls in Mermaid's language. */
export const mermaid: MakeFormat = (input) =>
  ofCalls(input, 'Mermaid', () => ({
    files: [{ path: 'calls.mmd', text: fittingDiagram(input) }],
    problems: [],
  }))

function fittingDiagram(input: FormatInput): string {
  let graph = callGraph(input)
  for (;;) {
    const text = diagram(graph)
    if (text.length <= LONGEST || graph.edges.length < 2) return text
    graph = callGraph(input, Math.floor(graph.edges.length / 2))
  }
}

function diagram({ edges, nodes, title }: CallGraph): string {
  const [center] = nodes
  return [
    '---',
    `title: ${JSON.stringify(encoded(title, WIDEST_TITLE))}`,
    '---',
    'flowchart LR',
    ...nodes.map(({ label }, place) => `  n${place}["${encoded(label, WIDEST)}"]`),
    ...edges.map(({ calls, from, to }) => `  n${from} -->|${calls}| n${to}`),
    ...(center?.isCenter ? ['  style n0 stroke-width:4px'] : []),
    '',
  ].join('\n')
}

/** Everything that could mean something to Mermaid, to Markdown in its labels, or to HTML, as the number of its character. */
function encoded(text: string, columns: number): string {
  return shortenedPath(text, columns).replaceAll(
    /[^\p{L}\p{N} ./]/gu,
    (character) => `#${character.codePointAt(0)};`,
  )
}
