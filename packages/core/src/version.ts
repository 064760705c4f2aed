/*
 * Which tstrace this is: known since it was built.
 */
export { VERSION } from './run/own-version.build.ts'
