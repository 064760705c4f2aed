import { useState } from 'preact/hooks'

const kept = new Map<string, unknown>()

/** As `useState`, and it is still there when one comes back to a view. */
export function useRemembered<Value>(name: string, first: Value): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => (kept.has(name) ? (kept.get(name) as Value) : first))
  const keep = (next: Value): void => {
    kept.set(name, next)
    setValue(next)
  }
  return [value, keep]
}
