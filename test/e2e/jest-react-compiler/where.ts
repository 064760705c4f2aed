import type { Place } from '../where-it-works.ts'

export const REACT_COMPILER = { place: 'React Compiler', jest: [29, 30] } as const satisfies Place
