import type { Place } from '../where-it-works.ts'

export const BESIDE_COVERAGE = {
  place: 'Beside the coverage of Istanbul and of V8',
  jest: [29, 30],
} as const satisfies Place
