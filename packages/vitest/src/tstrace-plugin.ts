import { PLUGIN_NAME } from './plugin-name.ts'
import { TstraceReporter } from './reporter/tstrace-reporter.ts'
import { installedVersion, unsupportedVitest } from './supported-vitest.ts'

/** The plugin for `plugins: [tstrace()]`: all it does is bring the reporter. */
export interface TstracePlugin {
  readonly name: string
  readonly api: { readonly options: object }
  config(config: object): object | undefined
  configureVitest(context: { readonly vitest: { readonly config: { reporters: unknown[] } } }): void
}

interface TestConfig {
  readonly projects?: unknown
  readonly workspace?: unknown
  readonly reporters?: unknown
}

export function tstracePlugin(options: object): TstracePlugin {
  const reporter = new TstraceReporter(options)
  return {
    name: PLUGIN_NAME,
    api: { options },
    // Vitest calls `configureVitest` for projects that inherit the plugin only, and here they may not; before 3.2 never.
    config({ root, test = {} }: { root?: string; test?: TestConfig }) {
      if (!test.projects && !test.workspace && !unsupportedVitest(installedVersion(root))) return undefined
      return { test: { reporters: [...(test.reporters ? [] : ['default']), reporter] } }
    },
    configureVitest({ vitest }) {
      const { reporters } = vitest.config
      if (!reporters.some(isTstrace)) reporters.push(reporter)
    },
  }
}

function isTstrace(entry: unknown): boolean {
  if (Array.isArray(entry)) return entry[0] === 'tstrace' || entry[0] === '@tstrace/vitest'
  return typeof entry === 'object' && entry !== null && 'isTstrace' in entry
}
