/** The one global of the traced program; shared by the emitted code and the half that collects. */
export const GLOBAL = '__tstrace__'

/** What a state says of itself: programs and tests have other things under that name. */
export const SIGN = 'state of tstrace'

/** How many callers of a function are remembered in place; a power of two. */
export const CALLERS = 32

/** A key of an edge is `callee * EDGE + caller`: exact for function numbers below this. */
export const EDGE = 67_108_864

/** Typed arrays of more than 64 bytes live outside V8's heap and never move: so many integers are enough. */
export const OFF_HEAP = 32
