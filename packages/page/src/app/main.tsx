import { render } from 'preact'
import type { OverviewData } from '../page-data.ts'
import { loadChunk } from './load-chunk.ts'
import { Printing } from './printing.ts'
import { recordedPage } from './recorded-page.ts'
import { Shell } from './shell.tsx'

const root = document.getElementById('app') as HTMLElement

loadChunk<OverviewData>('overview').then(
  (overview) => {
    const page = recordedPage(overview)
    const show = (isPrinting: boolean): void =>
      render(
        <Printing.Provider value={isPrinting}>
          <Shell page={page} />
        </Printing.Provider>,
        root,
      )
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
