import type { Place } from '../where-it-works.ts'

export const BROWSERS = {
  place: "Vitest's browser mode with Playwright and chromium",
  vitest: [3, 4, 5],
} as const satisfies Place
