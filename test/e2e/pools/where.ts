import type { Place } from '../where-it-works.ts'

export const POOLS_OF_VITEST = {
  place: 'Processes, threads and vm contexts, with and without isolation',
  vitest: [3, 4, 5],
} as const satisfies Place
