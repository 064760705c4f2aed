import type { FormatRow, MakeFormat } from './format.ts'

/**
 * Every format once, by the name it is asked for with. Options, help, documentation and what an output folder may hold all
 * follow from these rows. A format is a row here and a file of its own.
 */
export const FORMATS = {
  lcov: {
    file: 'lcov.info',
    text: 'LCOV: lines, functions and branches, for genhtml, Coveralls, Codecov and editors.',
    load: (): Promise<MakeFormat> => import('./lcov.ts').then(({ lcov }) => lcov),
  },
  callgrind: {
    file: 'callgrind.out.tstrace',
    text: 'Callgrind: lines and calls, for KCachegrind and callgrind_annotate.',
    load: (): Promise<MakeFormat> => import('./callgrind.ts').then(({ callgrind }) => callgrind),
  },
  github: {
    file: 'github.md',
    text: 'Summary of a step of GitHub Actions; in a job there also annotations.',
    load: (): Promise<MakeFormat> => import('./github.ts').then(({ github }) => github),
  },
  speedscope: {
    file: 'calls.speedscope.json',
    text: 'Calls, for speedscope: its sandwich view has callers and callees.',
    needs: 'trackcalls',
    load: (): Promise<MakeFormat> => import('./speedscope.ts').then(({ speedscope }) => speedscope),
  },
  dot: {
    file: 'calls.dot',
    text: 'A drawing of the calls, for Graphviz.',
    needs: 'trackcalls',
    isDrawing: true,
    load: (): Promise<MakeFormat> => import('./dot.ts').then(({ dot }) => dot),
  },
  mermaid: {
    file: 'calls.mmd',
    text: 'A drawing of the calls, for Mermaid, as in Markdown on GitHub and GitLab.',
    needs: 'trackcalls',
    isDrawing: true,
    load: (): Promise<MakeFormat> => import('./mermaid.ts').then(({ mermaid }) => mermaid),
  },
} as const

/** The table, if every row is one that can be. */
type Checked<Rows extends Readonly<Record<string, FormatRow>>> = Rows

export type FormatName = keyof Checked<typeof FORMATS>
