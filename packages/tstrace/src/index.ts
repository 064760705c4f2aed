export { CoverageResults, TstraceError } from '@tstrace/core'
export {
  default,
  type Tstrace,
  type TstraceOptions,
  type TstracePlugin,
  type TstraceReporter,
} from '@tstrace/vitest'
