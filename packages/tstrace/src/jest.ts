export { default, type TstraceOptions, TstraceReporter, withTstrace } from '@tstrace/jest'
