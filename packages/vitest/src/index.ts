import type { GivenOptions } from '@tstrace/core'
import { type TstracePlugin, tstracePlugin } from './tstrace-plugin.ts'
import { TstraceReporter } from './tstrace-reporter.ts'

export type { GivenOptions as TstraceOptions } from '@tstrace/core'
export type { TstracePlugin } from './tstrace-plugin.ts'
export type { TstraceReporter } from './tstrace-reporter.ts'

/** Both forms in one name: Vitest constructs a reporter, a configuration calls a plugin. */
export interface Tstrace {
  /** For `reporters: [['tstrace', options]]` and `--reporter=tstrace`. */
  new (options?: GivenOptions): TstraceReporter
  /** For `plugins: [tstrace(options)]`. */
  (options?: GivenOptions): TstracePlugin
}

const tstrace = function tstrace(options: GivenOptions = {}): TstraceReporter | TstracePlugin {
  return new.target ? new TstraceReporter(options) : tstracePlugin(options)
} as unknown as Tstrace

export default tstrace
