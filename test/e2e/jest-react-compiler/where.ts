import type { Place } from '../where-it-works.ts'

export const REACT_COMPILER: Place & { readonly jest: readonly [29, 30] } = {
  place: 'React Compiler',
  jest: [29, 30],
}
