import { checkOptions } from './check-options.ts'
import { completeOptions } from './complete-options.ts'
import { type ImportModule, loadConfigFile } from './load-config-file.ts'
import { parseCommandLine } from './parse-command-line.ts'
import { refuseLacking } from './refuse-lacking.ts'
import type { GivenOptions, ResolvedOptions } from './tstrace-options.ts'

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
export async function resolveOptions(sources: OptionSources): Promise<ResolvedOptions> {
  const ofFile = await loadConfigFile(sources.root, { importTypeScript: sources.importTypeScript })
  const nearer: GivenOptions = {
    ...parseCommandLine(sources.environment ?? '', 'TSTRACE'),
    ...checkOptions(sources.given, { at: 'reporters', where: sources.givenWhere }),
  }
  const options = completeOptions({ ...ofFile, ...nearer }, 'reporters')
  refuseLacking(options, 'reporters')
  const fromFile = Object.keys(ofFile ?? {}).filter((name) => !(name in nearer))
  return fromFile.length > 0 ? { ...options, fromFile: new Set(fromFile) } : options
}

/**
 * Whether a run fails of which nothing is traced: where `strict` or a threshold is asked for, as far as can be said of options that
 * may be wrong; `tstrace.config.*` is not looked at.
 */
export function failsUntraced({
  environment = '',
  given,
}: Pick<OptionSources, 'environment' | 'given'>): boolean {
  const strict = givenValue(given, 'strict')
  if (strict === true || (strict === undefined && /(^|\s)--strict(\s|$)/.test(environment))) return true
  const inEnvironment = {
    failUnder: /(^|\s)--fail-under[=\s]/,
    failUnderFile: /(^|\s)--fail-under-file[=\s]/,
  }
  return Object.entries(inEnvironment).some(([name, isIn]) => {
    const percent = givenValue(given, name)
    return percent === undefined ? isIn.test(environment) : percent !== 0
  })
}

/** Options may throw when they are read. */
function givenValue(given: unknown, name: string): unknown {
  try {
    return (given as Readonly<Record<string, unknown>> | undefined)?.[name]
  } catch {
    return undefined
  }
}
