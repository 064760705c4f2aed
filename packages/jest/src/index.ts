export type { GivenOptions as TstraceOptions } from '@tstrace/core'
export { TstraceReporter, TstraceReporter as default } from './tstrace-reporter.ts'
export { withTstrace } from './with-tstrace.ts'
