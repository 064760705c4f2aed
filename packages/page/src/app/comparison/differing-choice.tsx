import { Choice } from '../controls.tsx'
import { useRemembered } from '../remembered.ts'

/** What of a list is shown. */
export type Extent = 'differing' | 'all'

/** @param key what it is remembered by */
export function useExtent(key: string): [extent: Extent, show: (extent: Extent) => void] {
  return useRemembered<Extent>(key, 'differing')
}

interface DifferingChoiceProps {
  readonly label: string
  /** What is said for all of them. */
  readonly all?: string
  readonly extent: Extent
  readonly onChange: (extent: Extent) => void
}

/** Whether a list shows what differs, or everything. */
export function DifferingChoice({ all = 'all', extent, label, onChange }: DifferingChoiceProps) {
  const options = [
    ['differing', 'what differs'],
    ['all', all],
  ] as const
  return <Choice label={label} options={options} value={extent} onChange={onChange} />
}
