import type { Place } from '../where-it-works.ts'

export const WATCH = {
  place: 'Watch mode: each report is that of one fresh run',
  vitest: [3, 4, 5],
} as const satisfies Place
