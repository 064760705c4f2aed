import { QUESTION_OPTIONS } from './question-options.ts'
import { RECORDING_OPTIONS } from './recording-options.ts'
import { REPORTING_OPTIONS } from './reporting-options.ts'
import { SELECT_OPTIONS } from './select-options.ts'
import { SOURCE_OPTIONS } from './source-options.ts'

/**
 * Every option once. Command line, help, reporters, `TSTRACE`, `tstrace.config.*`, the programming interface, their types and
 * checks, the cache keys of the runners and the tables of the documentation all follow from these rows; `OptionRow` says what
 * a row can say. The comment of a row is its text: editors show it to people who write options.
 */
export const OPTIONS: typeof RECORDING_OPTIONS &
  typeof REPORTING_OPTIONS &
  typeof SOURCE_OPTIONS &
  typeof SELECT_OPTIONS &
  typeof QUESTION_OPTIONS = {
  ...RECORDING_OPTIONS,
  ...REPORTING_OPTIONS,
  ...SOURCE_OPTIONS,
  ...SELECT_OPTIONS,
  ...QUESTION_OPTIONS,
}
