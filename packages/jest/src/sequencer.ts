import '@tstrace/core/node-support'

export { TstraceSequencer, TstraceSequencer as default } from './select/tstrace-sequencer.ts'
