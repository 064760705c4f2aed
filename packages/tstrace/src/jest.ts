import '@tstrace/core/node-support'

export { default, type TstraceOptions, TstraceReporter, TstraceSequencer, withTstrace } from '@tstrace/jest'
