import type { Place } from '../where-it-works.ts'

export const CHILDREN = {
  place: 'Processes and worker threads that tests or programs start',
  vitest: [3, 4, 5],
  jest: [29, 30],
} as const satisfies Place
