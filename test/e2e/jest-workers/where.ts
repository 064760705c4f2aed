import type { Place } from '../where-it-works.ts'

export const WORKERS_OF_JEST = {
  place: 'Processes, threads and vm contexts, with and without isolation',
  jest: [29, 30],
} as const satisfies Place
