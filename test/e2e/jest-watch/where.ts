import type { Place } from '../where-it-works.ts'

export const WATCH = {
  place: 'Watch mode: each report is that of one fresh run',
  jest: [29, 30],
} as const satisfies Place
