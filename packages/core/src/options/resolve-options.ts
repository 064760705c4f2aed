import { delimiter } from 'node:path'
import { TstraceError } from '../errors.ts'
import { checkOptions } from './check-options.ts'
import { type ImportModule, loadConfigFile } from './load-config-file.ts'
import { type ListRow, OPTION_TABLE, type OptionRow } from './option-table.ts'
import { parseCommandLine } from './parse-command-line.ts'
import type { GivenOptions, TstraceOptions } from './tstrace-options.ts'

export interface OptionSources {
  /** What the user wrote where the front end is named: reporter options, plugin argument. */
  readonly given?: unknown
  /** Said in messages about `given`. */
  readonly givenWhere: string
  /** The value of the environment variable `TSTRACE`, a command line. */
  readonly environment?: string | undefined
  /** Folder in which `tstrace.config.*` is looked for. */
  readonly root: string
  /** Imports a TypeScript configuration where Node cannot. */
  readonly importTypeScript?: ImportModule
}

/**
 * Puts the options of a test runner's reporter together. Each option is taken from the strongest source that
 * names it: `given`, then `TSTRACE`, then `tstrace.config.*`, then the defaults of reporters.
 * @throws TstraceError `TST_OPTION_UNKNOWN`, `TST_OPTION_VALUE` or `TST_CONFIG`.
 */
export async function resolveOptions(sources: OptionSources): Promise<TstraceOptions> {
  const chosen: GivenOptions = {
    ...(await loadConfigFile(sources.root, sources.importTypeScript)),
    ...parseCommandLine(sources.environment ?? '', 'TSTRACE'),
    ...checkOptions(sources.given, sources.givenWhere),
  }
  const options = Object.fromEntries(
    OPTION_TABLE.map((row) => [row.name, completed(row, chosen[row.name])]),
  ) as unknown as TstraceOptions
  if (options.all && options.include.length === 0) {
    throw new TstraceError(
      'TST_OPTION_VALUE',
      'Option "all" needs "include": say with globs which files are sources, for instance include: ["src/**"].',
    )
  }
  return options
}

function completed(row: OptionRow, value: GivenOptions[keyof GivenOptions]): unknown {
  if (row.kind === 'list') return divided(row, (value ?? []) as string | readonly string[])
  return value ?? row.inReporters ?? row.fallback
}

function divided(row: ListRow, value: string | readonly string[]): readonly string[] {
  const texts = typeof value === 'string' ? [value] : value
  if (!row.divider) return texts
  const divider = row.divider === 'comma' ? ',' : delimiter
  return texts
    .flatMap((text) => text.split(divider))
    .map((text) => text.trim())
    .filter((text) => text !== '')
}
