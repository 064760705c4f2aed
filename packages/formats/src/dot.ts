import { callGraph } from './call-graph.ts'
import type { FormatInput, MakeFormat } from './format.ts'
import { ofCalls } from './reported-calls.ts'

/** A drawing of the calls in Graphviz' language. */
export const dot: MakeFormat = (input) =>
  ofCalls(input, 'Graphviz', () => ({ files: [{ path: 'calls.dot', text: drawing(input) }], problems: [] }))

function drawing(input: FormatInput): string {
  const { edges, nodes, title } = callGraph(input)
  const widest = Math.max(1, ...edges.map(({ calls }) => calls))
  return [
    'digraph calls {',
    `  graph [label=${quoted(title)}, labelloc=t, rankdir=LR]`,
    '  node [shape=box, fontname="sans-serif"]',
    '  edge [fontname="sans-serif"]',
    ...nodes.map(
      ({ isCenter, label }, place) => `  n${place} [label=${quoted(label)}${isCenter ? ', penwidth=3' : ''}]`,
    ),
    ...edges.map(
      ({ calls, from, to }) => `  n${from} -> n${to} [label="${calls}", penwidth=${widthOf(calls, widest)}]`,
    ),
    '}\n',
  ].join('\n')
}

/** From 1 to 5, by the logarithm. */
function widthOf(calls: number, most: number): string {
  return (1 + (4 * Math.log(calls)) / Math.max(1, Math.log(most))).toFixed(1)
}

/** A backslash would be the beginning of something, an ampersand that of a character by its name. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;')}"`
}
