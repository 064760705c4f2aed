import { useMemo } from 'preact/hooks'
import type { FunctionsData } from '../page-data.ts'
import { Awaited } from './awaited.tsx'
import { calledFunctions } from './called-functions.ts'
import { CallsView } from './calls-view.tsx'
import { shown } from './format.ts'
import type { KeyWords } from './help-dialog.tsx'
import { OverviewView } from './overview-view.tsx'
import { PageFrame } from './page-frame.tsx'
import type { RecordedPage } from './recorded-page.ts'
import { type Route, useRoute } from './route.ts'
import { SourceView } from './source-view.tsx'
import { TestsView } from './tests-view.tsx'
import { useChunk } from './use-chunk.ts'

const KEYS: KeyWords = [
  [['/'], 'filter what is listed'],
  [['j', 'k'], 'next, previous line that never ran'],
  [[']', '['], 'from the hottest line to cooler ones, and back'],
  [['↓', '↑'], 'next, previous line that counts'],
  [['z'], 'fold the function around the line, or unfold it'],
  [['Esc'], 'close the panel, leave the filter'],
  [['o', 'c', 't'], 'sources, calls, tests'],
  [['?'], 'this help'],
]

const NUMBERS =
  'The number in front of a line says how often execution arrived at what starts there. Colours are on a logarithmic scale, up to the hottest line of the project. Lines marked >>>>>> never ran; lines without a number have nothing that runs. Press a number to see who called and which tests ran the line.'

/** The page of one recording: where one is, and what is looked at. */
export function Shell({ page }: { readonly page: RecordedPage }) {
  const route = useRoute()
  return (
    <PageFrame
      route={route}
      views={page.hasContexts ? ['overview', 'calls', 'tests'] : ['overview', 'calls']}
      run={<RunWords page={page} />}
      keyWords={KEYS}
      numbers={NUMBERS}
    >
      <Viewed page={page} route={route} />
    </PageFrame>
  )
}

/** What was recorded, and when. */
function RunWords({ page }: { readonly page: RecordedPage }) {
  const runs = page.data.recordings.flatMap((recording) => recording.runs)
  const last = runs.at(-1)
  if (!last) return <p class="run" />
  const when = last.started.slice(0, 16).replace('T', ' ')
  const words = [
    runs.length > 1 ? `${runs.length} runs, last` : '',
    last.runner,
    last.label,
    last.commit.slice(0, 8),
    `${when} UTC`,
  ].filter(Boolean)
  const losses = runs.map((run) => run.losses).filter(Boolean)
  return (
    <p class="run">
      <span>{shown(words.join(' · '))}</span>
      {losses.length > 0 && <strong title={shown(losses.join(' '))}>not complete</strong>}
    </p>
  )
}

function Viewed({ page, route }: { readonly page: RecordedPage; readonly route: Route }) {
  const make = useMemo(() => (data: FunctionsData) => calledFunctions(page, data), [page])
  const { error, value: functions } = useChunk('functions', make)
  switch (route.view) {
    case 'overview':
      return <OverviewView page={page} />
    case 'source': {
      const source = page.byLabel.get(route.label)
      if (!source) return <p class="notice">Nothing on this page is called “{shown(route.label)}”.</p>
      return (
        <SourceView key={source.label} page={page} listed={source} line={route.line} functions={functions} />
      )
    }
    case 'calls':
      if (!functions) return <Awaited error={error} />
      return <CallsView page={page} functions={functions} path={route.path} name={route.name} />
    case 'tests':
      return <TestsView page={page} context={route.context} />
  }
}
