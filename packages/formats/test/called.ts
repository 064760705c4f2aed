import type { CallEdge } from '@tstrace/results'
import type { FormatInput } from '../src/format.ts'
import { inputOf } from './counted.ts'

/** What would act on a terminal, end a line, or mean something to Graphviz, Mermaid, Markdown or HTML. */
export const HOSTILE =
  '"]; x --> y\n::error::\u001b[2J\u202e<img src=x onerror=alert(1)>&lt;`**\\N|#quot;%%{init}%% end (2) fn=(9)'

const SOURCE = `export function outer(n) {
  for (let i = 0; i < n; i++) inner()
}
function inner() {
  return 1
}
export class Never {
  ran() {}
}
`

/** Sources whose functions call each other, tests that call them, and what nobody ever called by such a name. */
export function calledInput(more: Partial<FormatInput> = {}): FormatInput {
  const input = inputOf(
    ['src/a.js', 'src/b.js', `src/${HOSTILE}.js`].map((path) => ({
      path,
      text: SOURCE,
      counts: (counter) => (counter + 3) % 5,
    })),
    { keep: (path) => path.startsWith('src/'), ...more },
  )
  const [loop, hostile] = ['', HOSTILE]
  for (const edge of [
    call([loop, '<event loop>'], ['src/a.js', '<module>'], 1),
    call(['test/a.test.js', `it("${hostile}")`], ['src/a.js', 'outer'], 2),
    call(['src/a.js', 'outer'], ['src/a.js', 'inner'], 30),
    call(['src/a.js', 'outer'], ['src/b.js', 'outer'], 7),
    call(['src/a.js', 'inner'], ['src/b.js', 'outer'], 1),
    call(['src/b.js', 'outer'], ['src/b.js', 'inner'], 8),
    call(['src/b.js', 'inner'], [`src/${hostile}.js`, 'outer'], 4),
    call([`src/${hostile}.js`, 'outer'], ['src/a.js', 'outer'], 5),
    { ...call(['src/a.js', 'outer'], [`src/${hostile}.js`, 'inner'], 0), resumptions: 9 },
    call(['src/a.js', 'outer'], ['test/a.test.js', 'helper'], 3),
  ])
    input.results.addEdge(edge)
  return input
}

type Named = readonly [path: string, name: string]

function call([from, caller]: Named, [to, callee]: Named, calls: number): CallEdge {
  return {
    caller: { path: from, name: caller },
    callee: { path: to, name: callee },
    calls,
    resumptions: 0,
  }
}
