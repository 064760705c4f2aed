import { useEffect, useState } from 'preact/hooks'

/** What is looked at; it stands behind the `#` of the address, so that it can be linked to. */
export type Route =
  | { readonly view: 'overview' }
  | { readonly view: 'source'; readonly label: string; readonly line: number }
  | { readonly view: 'calls'; readonly path: string; readonly name: string }
  | { readonly view: 'tests'; readonly context: number }

export const OVERVIEW = '#/'

/** @param line 1-based; 0 for none; negative, where recordings are compared, for a line that only the text of the first has */
export function toSource(label: string, line: number = 0): string {
  return `#/source/${encodedPath(label)}${line !== 0 ? `:${line}` : ''}`
}

/** @param name '' for the list of all functions */
export function toCalls(path: string = '', name: string = ''): string {
  return name === '' ? '#/calls' : `#/calls/${encodedPath(path)}:${encodeURIComponent(name)}`
}

/** @param context its number; -1 for the list of all */
export function toTests(context: number = -1): string {
  return context < 0 ? '#/tests' : `#/tests/${context}`
}

export function routeOf(hash: string): Route {
  const [, view = '', rest = ''] = /^#\/([^/]*)\/?(.*)$/s.exec(hash) ?? []
  const [path = '', behind = ''] = rest.split(':')
  if (view === 'source' && path !== '') return { view, label: decoded(path), line: Number(behind) || 0 }
  if (view === 'calls') return { view, path: decoded(path), name: decoded(behind) }
  if (view === 'tests') return { view, context: /^\d+$/.test(path) ? Number(path) : -1 }
  return { view: 'overview' }
}

/** What is looked at now, and again when that changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash))
  useEffect(() => {
    const follow = (): void => setRoute(routeOf(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  return route
}

/** Goes to another place in what is looked at, for which one does not want to go back step by step. */
export function moveTo(address: string): void {
  location.replace(address)
}

function encodedPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
