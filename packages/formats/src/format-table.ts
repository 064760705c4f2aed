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
} as const

/** The table, if every row is one that can be. */
type Checked<Rows extends Readonly<Record<string, FormatRow>>> = Rows

export type FormatName = keyof Checked<typeof FORMATS>
