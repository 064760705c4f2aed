import type { Place } from '../where-it-works.ts'

export const BROWSERS = {
  place: "Vitest's browser mode with Playwright and chromium, beside projects in Node.js and in jsdom",
  vitest: [3, 4, 5],
} as const satisfies Place
