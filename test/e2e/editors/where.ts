import type { Place } from '../where-it-works.ts'

export const EDITORS = {
  place: "Vitest's UI and extensions of editors, as a plugin",
  vitest: [3, 4, 5],
} as const satisfies Place
