import type { Place } from '../where-it-works.ts'

export const WORKSPACES = {
  place: "Workspaces with pnpm's layout: packages that are linked, projects in Node.js and in jsdom",
  vitest: [3, 4, 5],
  jest: [29, 30],
} as const satisfies Place
