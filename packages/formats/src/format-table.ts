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
  'lcov-tests': {
    file: 'lcov-tests.info',
    text: 'LCOV once more, a record for each test and source (`TN`). Needs `contexts`.',
    load: (): Promise<MakeFormat> => import('./lcov-tests.ts').then(({ lcovTests }) => lcovTests),
  },
  istanbul: {
    file: 'coverage-final.json',
    text: "Istanbul's coverage: statements, functions and branches, for everything that reads or merges it.",
    load: (): Promise<MakeFormat> => import('./istanbul.ts').then(({ istanbul }) => istanbul),
  },
  sonar: {
    file: 'sonar-coverage.xml',
    text: "SonarQube's generic coverage.",
    load: (): Promise<MakeFormat> => import('./sonar.ts').then(({ sonar }) => sonar),
  },
  cobertura: {
    file: 'cobertura-coverage.xml',
    text: 'Cobertura, for GitLab, Jenkins and Azure. Needs `istanbul-reports`.',
    load: (): Promise<MakeFormat> => import('./cobertura.ts').then(({ cobertura }) => cobertura),
  },
  clover: {
    file: 'clover.xml',
    text: 'Clover, for Bamboo and others. Needs `istanbul-reports`.',
    load: (): Promise<MakeFormat> => import('./clover.ts').then(({ clover }) => clover),
  },
  text: {
    file: 'coverage.txt',
    text: "Istanbul's table of percentages. Needs `istanbul-reports`.",
    load: (): Promise<MakeFormat> => import('./text-table.ts').then(({ textTable }) => textTable),
  },
  'json-summary': {
    file: 'coverage-summary.json',
    text: "Istanbul's percentages as JSON, for badges and comments. Needs `istanbul-reports`.",
    load: (): Promise<MakeFormat> => import('./json-summary.ts').then(({ jsonSummary }) => jsonSummary),
  },
  teamcity: {
    file: 'teamcity.txt',
    text: 'Totals as service messages, to be printed in a build of TeamCity. Needs `istanbul-reports`.',
    load: (): Promise<MakeFormat> => import('./teamcity.ts').then(({ teamcity }) => teamcity),
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
    text: 'Calls, for speedscope: its sandwich view has callers and callees. Needs `trackcalls`.',
    load: (): Promise<MakeFormat> => import('./speedscope.ts').then(({ speedscope }) => speedscope),
  },
  dot: {
    file: 'calls.dot',
    text: 'A drawing of the calls, for Graphviz. Needs `trackcalls`.',
    isDrawing: true,
    load: (): Promise<MakeFormat> => import('./dot.ts').then(({ dot }) => dot),
  },
  mermaid: {
    file: 'calls.mmd',
    text: 'A drawing of the calls, for Mermaid, as in Markdown on GitHub and GitLab. Needs `trackcalls`.',
    isDrawing: true,
    load: (): Promise<MakeFormat> => import('./mermaid.ts').then(({ mermaid }) => mermaid),
  },
} as const

/** The table, if every row is one that can be. */
type Checked<Rows extends Readonly<Record<string, FormatRow>>> = Rows

export type FormatName = keyof Checked<typeof FORMATS>
