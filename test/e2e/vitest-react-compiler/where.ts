import type { Place } from '../where-it-works.ts'

export const REACT_COMPILER: Place & { readonly vitest: readonly [3, 4, 5] } = {
  place: 'React Compiler',
  vitest: [3, 4, 5],
}
