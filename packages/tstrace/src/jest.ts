import '@tstrace/core/node-support'

export { default, type TstraceOptions, TstraceReporter, withTstrace } from '@tstrace/jest'
