/* What is needed is what the reporter needs, in the same files. */
export { TstraceSequencer, TstraceSequencer as default } from './jest.ts'
