import type { Place } from '../where-it-works.ts'

export const NATIVE_RUNNER = {
  place: "Vitest without Vite's module runner (`viteModuleRunner: false`), where Node.js strips the types",
  vitest: [4, 5],
} as const satisfies Place
