import { useEffect } from 'preact/hooks'
import { shown } from './format.ts'
import type { Route } from './route.ts'

/** Names what is looked at in the title of the window. */
export function useTitle(route: Route): void {
  const what = route.view === 'source' ? route.label : route.view === 'calls' ? route.name : ''
  useEffect(() => {
    document.title = what === '' ? 'tstrace' : `${shown(what)} · tstrace`
  }, [what])
}
