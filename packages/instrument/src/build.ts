/*
 * Which code of ours makes code count, for whoever keeps what was made: known since tstrace was built.
 */
export { hashOfFiles } from './hash-of-files.ts'
export { RULES_HASH } from './rules-hash.build.ts'
