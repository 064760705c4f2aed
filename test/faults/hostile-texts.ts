/** Begins as a command for CI does, and has what changes colours. */
export const FIRST = '::error::one\u001b[31m'

/** What begins further lines of it are commands: behind each kind of line end, and behind what turns a text around. */
export const LINES =
  'two\n::error::b\r##[error]c\u2028::warning::d\u2029::debug::e\u0085##teamcity[f]\u202e\u2066\u200f\u061c\u009b31m\u0007'

/** A command wherever it stands in a line. */
export const INSIDE = 'x ##vso[task.setvariable variable=a]b'

/** What a line of a counts file may have, where control characters may not be. */
export const SHORT =
  '::error::one \u2028::error::two ##[error]c ##vso[task.d]e ##teamcity[f]\u202e\u2066\u200f\u061c'

export const NAMES = [FIRST, LINES, INSIDE]
