import type { ComparedCallsData } from '../../comparison-data.ts'
import { Awaited } from '../awaited.tsx'
import { shown } from '../format.ts'
import type { KeyWords } from '../help-dialog.tsx'
import { PageFrame } from '../page-frame.tsx'
import { type Route, toSource, useRoute } from '../route.ts'
import { useChunk } from '../use-chunk.ts'
import { ComparedCallsView } from './compared-calls-view.tsx'
import type { ComparedPage } from './compared-page.ts'
import { ComparedSourceView } from './compared-source-view.tsx'
import { ComparisonOverview } from './comparison-overview.tsx'

const KEYS: KeyWords = [
  [['/'], 'filter what is listed'],
  [['j', 'k'], 'next, previous line that differs, on into the next source'],
  [[']', '['], 'from the line that differs most to others, and back'],
  [['↓', '↑'], 'next, previous line'],
  [['Esc'], 'close the panel, leave the filter'],
  [['o', 'c'], 'sources, calls'],
  [['?'], 'this help'],
]

const NUMBERS =
  'In front of a line stand its numbers in the first and in the second recording, >>>>>> where it never ran, and how they differ: × and ÷ by which factor, + and − by how much, only for a line that one of them alone ran. Orange is more in the second, blue is less. − and + in front of the text are lines that only the first or only the second text has.'

/** A page that compares two recordings: where one is, and what is looked at. */
export function ComparisonShell({ page }: { readonly page: ComparedPage }) {
  const route = useRoute()
  const { first } = page.data
  const toFirst = (): void => {
    if (first) location.assign(toSource(page.sources[first.source]?.label ?? '', first.line))
  }
  return (
    <PageFrame
      route={route}
      views={['overview', 'calls']}
      run={<Sides page={page} />}
      // In a source, keys are its own.
      keys={{ j: first && route.view !== 'source' ? toFirst : undefined }}
      keyWords={KEYS}
      numbers={NUMBERS}
    >
      <Viewed page={page} route={route} />
    </PageFrame>
  )
}

/** What is compared. */
function Sides({ page }: { readonly page: ComparedPage }) {
  return (
    <div class="run sides">
      {page.data.sides.map(({ file, losses, run, tests }, side) => (
        <p key={side} title={shown(`${file}: ${run}`)}>
          <b>{side === 0 ? '−' : '+'}</b> <bdi>{shown(tests || file)}</bdi> <span>{shown(run)}</span>
          {losses !== '' && <strong title={shown(losses)}>not complete</strong>}
        </p>
      ))}
    </div>
  )
}

function asTheyAre(data: ComparedCallsData): ComparedCallsData {
  return data
}

function Viewed({ page, route }: { readonly page: ComparedPage; readonly route: Route }) {
  const { error, value: calls } = useChunk('compared-calls', asTheyAre)
  if (route.view === 'source') {
    const source = page.byLabel.get(route.label)
    if (!source) return <p class="notice">Nothing on this page is called “{shown(route.label)}”.</p>
    return (
      <ComparedSourceView key={source.label} page={page} listed={source} line={route.line} calls={calls} />
    )
  }
  if (route.view !== 'calls') return <ComparisonOverview page={page} />
  if (!calls) return <Awaited error={error} />
  return <ComparedCallsView page={page} calls={calls} />
}
