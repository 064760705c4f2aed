import { createRequire } from 'node:module'
import { TstraceError } from '@tstrace/results/errors'
import type { FileCoverage } from './istanbul-coverage.ts'

/** What a report writes through. */
export interface TextWriter {
  write(text: string): void
  println(text: string): void
  colorize(text: string): string
  close(): void
}

export interface Context {
  readonly data: { writer?: { writeFile(): TextWriter } }
}

/** What of Istanbul's packages is called. */
export interface IstanbulPackages {
  readonly createCoverageMap: (files: Readonly<Record<string, FileCoverage>>) => object
  readonly createContext: (options: object) => Context
  readonly reports: {
    create(name: string, options: object): { execute(context: Context): void }
  }
}

/**
 * `istanbul-reports` with the packages that it brings along.
 *
 * @param name of the format that needs it
 * @param places files from which it is looked for, the first first: absolute paths or URLs
 * @throws TstraceError `TST_FORMAT_PACKAGE` where it is not installed
 */
export function istanbulPackages(name: string, places: readonly string[]): IstanbulPackages {
  for (const place of places) {
    const require = createRequire(place)
    const path = pathOf(require, 'istanbul-reports')
    if (path === undefined) continue
    const library = createRequire(path)
    const { createContext } = library('istanbul-lib-report') as Pick<IstanbulPackages, 'createContext'>
    const { createCoverageMap } = createRequire(library.resolve('istanbul-lib-report'))(
      'istanbul-lib-coverage',
    ) as Pick<IstanbulPackages, 'createCoverageMap'>
    return {
      createContext,
      createCoverageMap,
      reports: require('istanbul-reports') as IstanbulPackages['reports'],
    }
  }
  throw new TstraceError(
    'TST_FORMAT_PACKAGE',
    `The format ${name} is made by the package istanbul-reports, which is not installed. Install it: npm install --save-dev istanbul-reports.`,
  )
}

function pathOf(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name)
  } catch {
    return undefined
  }
}
