import type { Place } from '../where-it-works.ts'

export const WATCH = { place: 'Watch mode', jest: [29, 30] } as const satisfies Place
