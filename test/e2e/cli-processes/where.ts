import type { Place } from '../where-it-works.ts'

export const PROCESSES = {
  place: 'Processes and worker threads that tests or programs start',
  command: true,
} as const satisfies Place
