import '@tstrace/core/node-support'

export type { GivenOptions as TstraceOptions } from '@tstrace/core'
export { TstraceReporter, TstraceReporter as default } from './reporter/tstrace-reporter.ts'
export { withTstrace } from './reporter/with-tstrace.ts'
export { TstraceSequencer } from './select/tstrace-sequencer.ts'
