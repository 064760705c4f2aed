/** The one global of the traced program; shared by the emitted code and the half that collects. */
export const GLOBAL = '__tstrace__'

/** Every name in emitted code starts with this: babel-plugin-jest-hoist accepts `cov…` in mock factories. */
export const PREFIX = 'cov_'
