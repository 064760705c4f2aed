import type { ReportCase } from './report-case.ts'

const recurse = `export function recurse(level: number): void {
  console.log(\`recurse(\${level})\`)
  if (level > 0) {
    recurse(level - 1)
  }
}

export function notCalled(): void {
  console.log('This function is never called.')
}
`

function place(path: string, name: string): { path: string; name: string } {
  return { path, name }
}

const [a, b, c] = ['a.ts', 'b.ts', 'c.ts'] as const

/** A file of `lines` lines of which `hits` ran. */
function partly(path: string, hits: number, lines: number): ReportCase['files'][number] {
  const numbers = Array.from({ length: lines }, (_, i): [number, number] => [i + 1, i < hits ? 1 : 0])
  return { path, text: 'x\n'.repeat(lines), lines: numbers, functions: [] }
}

/** Cases worth naming; random ones are beside them in the fixture. */
export const knownCases: Readonly<Record<string, ReportCase>> = {
  'the PyMOTW example': {
    files: [
      {
        path: 'src/recurse.ts',
        text: recurse,
        lines: [
          [1, 1],
          [2, 3],
          [3, 3],
          [4, 2],
          [8, 1],
          [9, 0],
        ],
        functions: [
          ['<module>', 1],
          ['recurse', 3],
          ['notCalled', 0],
        ],
      },
    ],
    edges: [[place('src/recurse.ts', 'recurse'), place('src/recurse.ts', 'recurse')]],
    missing: true,
  },
  'the sticky header of the called file': {
    files: [],
    edges: [
      [place(a, 'f'), place(b, 'g')],
      [place(a, 'f'), place(a, 'h')],
      [place(a, 'h'), place(b, 'g')],
      [place(a, 'z'), place(c, 'q')],
      [place(a, 'z2'), place(b, 'g')],
      [place(b, 'g'), place(b, 'g')],
      [place(b, 'B.m'), place(a, 'f')],
      [place('', '<event loop>'), place(b, 'g')],
    ],
    missing: true,
  },
  'wide counts, tabs and the pragma': {
    files: [
      {
        path: 's.ts',
        text: 'one\n\ttwo\nthree #pragma NO COVER\nfour #pragma NO COVER\nfive\na\tb\u{1f600}\tc',
        lines: [
          [1, 123456],
          [2, 0],
          [3, 0],
          [4, 2],
          [5, 0],
          [6, 99999],
        ],
        functions: [],
      },
    ],
    edges: [],
    missing: true,
  },
  'line ends and a byte-order mark': {
    files: [
      {
        path: 'ends.ts',
        text: '\ufeffone\r\n\ttwo\rthree\u2028\tthree\f\n\n  \nlast',
        lines: [
          [1, 1],
          [3, 0],
          [6, 2],
        ],
        functions: [],
      },
    ],
    edges: [],
    missing: true,
  },
  'no missing lines asked for': { files: [partly('all.ts', 3, 3)], edges: [], missing: false },
  'percent is cut off': {
    files: [
      partly('p31.ts', 31, 32),
      partly('p199.ts', 199, 200),
      partly('p1.ts', 1, 3),
      partly('p29.ts', 29, 100),
    ],
    edges: [],
    missing: true,
  },
  nothing: { files: [], edges: [], missing: true },
}
