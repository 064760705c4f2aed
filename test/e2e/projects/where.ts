import type { Place } from '../where-it-works.ts'

export const PROJECTS = { place: 'Projects of one configuration', vitest: [3, 4, 5] } as const satisfies Place
