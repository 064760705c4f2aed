/** The one global of the traced program; shared by the emitted code and the half that collects. */
export const GLOBAL = '__tstrace__'

/** Every name in emitted code starts with this: babel-plugin-jest-hoist accepts `cov…` in mock factories. */
export const PREFIX = 'cov_'

/** How many callers of a function are remembered in place; a power of two. */
export const CALLERS = 32

/** A key of an edge is `callee * EDGE + caller`: exact for function numbers below this. */
export const EDGE = 67_108_864
