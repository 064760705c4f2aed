import type { Place } from '../where-it-works.ts'

export const PROJECTS = { place: 'Projects of one configuration', jest: [29, 30] } as const satisfies Place
