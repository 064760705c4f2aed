import type { Place } from '../where-it-works.ts'

export const COMPONENTS: Place & { readonly jest: readonly [29] } = {
  place: 'Vue and Svelte components',
  jest: [29],
}
