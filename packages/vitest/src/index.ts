import '@tstrace/core/node-support'
import type { GivenOptions } from '@tstrace/core'
import { TstraceReporter as Reporter } from './reporter/tstrace-reporter.ts'
import { type TstracePlugin, tstracePlugin } from './tstrace-plugin.ts'

export type { GivenOptions as TstraceOptions } from '@tstrace/core'
export type { TstracePlugin } from './tstrace-plugin.ts'

/** What Vitest asks of the reporter; what it hands over is described loosely, as it differs from version to version. */
export interface TstraceReporter {
  onInit(vitest: unknown): Promise<void>
  onTestRunStart(): void
  onTestRunEnd(): Promise<void>
}

/** Both forms in one name: Vitest constructs a reporter, a configuration calls a plugin. */
export interface Tstrace {
  /** For `reporters: [['tstrace', options]]` and `--reporter=tstrace`. */
  new (options?: GivenOptions): TstraceReporter
  /** For `plugins: [tstrace(options)]`. */
  (options?: GivenOptions): TstracePlugin
}

const tstrace = function tstrace(options: GivenOptions = {}): Reporter | TstracePlugin {
  return new.target ? new Reporter(options) : tstracePlugin(options)
} as unknown as Tstrace

export default tstrace
