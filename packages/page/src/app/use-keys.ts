import { useEffect } from 'preact/hooks'

/** What keys do, by `KeyboardEvent.key`. */
export type Keys = Readonly<Record<string, (() => void) | undefined>>

/** Listens for keys while something is shown; not while somebody types, and not beside other modifiers than Shift. */
export function useKeys(keys: Keys): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      // A dialog has its own.
      if (document.querySelector('dialog[open]')) return
      const target = event.target as HTMLElement
      if (/^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) {
        if (event.key === 'Escape') target.blur()
        return
      }
      const does = keys[event.key]
      if (!does) return
      event.preventDefault()
      does()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })
}
