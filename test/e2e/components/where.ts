import type { Place } from '../where-it-works.ts'

export const COMPONENTS = {
  place: 'Vue and Svelte components',
  vitest: [3, 4, 5],
} as const satisfies Place
