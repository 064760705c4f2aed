import '@tstrace/core/node-support'

export { default, TstraceSequencer } from '@tstrace/jest/sequencer'
