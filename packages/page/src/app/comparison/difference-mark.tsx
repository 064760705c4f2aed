import type { Pair } from '../../comparison-data.ts'
import { differenceOf } from './difference.ts'

/** How two numbers differ, in words and in colour; nothing for those that do not. */
export function DifferenceMark({ counts }: { readonly counts: Pair<number> }) {
  const difference = differenceOf(counts)
  return (
    <span class={`difference ${difference?.kind ?? ''}`} title={difference?.said}>
      {difference?.words}
    </span>
  )
}
