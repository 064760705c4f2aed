import { type ComponentChildren, render } from 'preact'
import type { ComparisonData } from '../comparison-data.ts'
import type { OverviewData } from '../page-data.ts'
import { comparedPage } from './comparison/compared-page.ts'
import { ComparisonShell } from './comparison/comparison-shell.tsx'
import { loadChunk } from './load-chunk.ts'
import { Printing } from './printing.ts'
import { recordedPage } from './recorded-page.ts'
import { Shell } from './shell.tsx'

const root = document.getElementById('app') as HTMLElement

/** A page is of one recording, or compares two. */
async function shell(): Promise<ComponentChildren> {
  if (!document.getElementById('comparison'))
    return <Shell page={recordedPage(await loadChunk<OverviewData>('overview'))} />
  return <ComparisonShell page={comparedPage(await loadChunk<ComparisonData>('comparison'))} />
}

shell().then(
  (content) => {
    const show = (isPrinting: boolean): void =>
      render(<Printing.Provider value={isPrinting}>{content}</Printing.Provider>, root)
    root.textContent = ''
    show(false)
    // A browser prints what is there when its listeners have ended.
    addEventListener('beforeprint', () => show(true))
    addEventListener('afterprint', () => show(false))
  },
  (error: Error) => {
    root.textContent = error.message
  },
)
