/** The one global of the traced program; shared by the emitted code and the half that collects. */
export const GLOBAL = '__tstrace__'

/** What is under that name says this of itself: programs and tests have other things there. */
export const SIGN = 'tstrace counts'

/** How many callers of a function are remembered in place; a power of two. */
export const CALLERS = 32

/** A key of an edge is `callee * EDGE + caller`: exact for function numbers below this. */
export const EDGE = 67_108_864

/** How many edges are in one map at most: a map takes 2^24, and then throws. */
export const MOST_EDGES = 262_144

/** Typed arrays of more than 64 bytes live outside V8's heap and never move: so many integers are enough. */
export const OFF_HEAP = 32
