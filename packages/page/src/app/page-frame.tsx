import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { HelpDialog, type KeyWords } from './help-dialog.tsx'
import { OVERVIEW, type Route, toCalls, toTests } from './route.ts'
import { Mark, ViewLink } from './top-bar.tsx'
import { type Keys, useKeys } from './use-keys.ts'
import { useTitle } from './use-title.ts'

const VIEWS = {
  overview: { words: 'Sources', href: OVERVIEW, key: 'o' },
  calls: { words: 'Calls', href: toCalls(), key: 'c' },
  tests: { words: 'Tests', href: toTests(), key: 't' },
}

/** What can be gone to from everywhere. */
export type View = keyof typeof VIEWS

interface PageFrameProps {
  readonly route: Route
  readonly views: readonly View[]
  /** What was recorded, in few words. */
  readonly run: ComponentChildren
  /** Keys beside those of the frame: the views', `/` and `?`. */
  readonly keys?: Keys
  readonly keyWords: KeyWords
  /** What the numbers of the page mean. */
  readonly numbers: string
  readonly children: ComponentChildren
}

/** What stands around every view of a page: the bar at the top, the keys that work everywhere, and their help. */
export function PageFrame({ children, keys, keyWords, numbers, route, run, views }: PageFrameProps) {
  const [isHelping, setHelping] = useState(false)
  useTitle(route)
  useKeys({
    ...keys,
    ...Object.fromEntries(views.map((view) => [VIEWS[view].key, () => location.assign(VIEWS[view].href)])),
    '?': () => setHelping(true),
    '/': () => document.querySelector<HTMLInputElement>('[data-filter]')?.focus(),
  })
  const here = route.view === 'source' ? 'overview' : route.view
  return (
    <>
      <header class="top">
        <Mark />
        <nav aria-label="Views">
          {views.map((view) => (
            <ViewLink key={view} href={VIEWS[view].href} isHere={view === here}>
              {VIEWS[view].words}
            </ViewLink>
          ))}
        </nav>
        {run}
        <button type="button" class="plain" onClick={() => setHelping(true)} aria-label="Keys and help">
          <kbd>?</kbd>
        </button>
      </header>
      <main>{children}</main>
      {isHelping && <HelpDialog keys={keyWords} numbers={numbers} onClose={() => setHelping(false)} />}
    </>
  )
}
