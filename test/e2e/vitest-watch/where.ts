import type { Place } from '../where-it-works.ts'

export const WATCH = { place: 'Watch mode', vitest: [3, 4, 5] } as const satisfies Place
