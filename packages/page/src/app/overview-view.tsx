import { useMemo } from 'preact/hooks'
import { Choice, Filter } from './controls.tsx'
import { counted, number, percent, short, shown } from './format.ts'
import { matching } from './matching.ts'
import type { RecordedPage } from './recorded-page.ts'
import { useRemembered } from './remembered.ts'
import { toSource } from './route.ts'
import { SourceList } from './source-list.tsx'
import { Total } from './total.tsx'
import { TreeMap } from './tree-map.tsx'

/** All sources: totals, a map, and a list. */
export function OverviewView({ page }: { readonly page: RecordedPage }) {
  const [filter, setFilter] = useRemembered('overview filter', '')
  const [form, setForm] = useRemembered<'tree' | 'flat'>('overview form', 'tree')
  const [colour, setColour] = useRemembered<'heat' | 'missing'>('overview colour', 'heat')
  const sources = useMemo(() => matching(page.sources, filter), [page, filter])
  return (
    <div class="overview">
      <h1 class="hidden">Sources</h1>
      <Totals page={page} />
      <section class="map" aria-label="Map of the sources">
        <div class="bar">
          <h2>Sources by lines, coloured by</h2>
          <Choice
            label="Colour"
            options={[
              ['heat', 'heat'],
              ['missing', 'never ran'],
            ]}
            value={colour}
            onChange={setColour}
          />
          <Legend colour={colour} />
        </div>
        <TreeMap sources={sources} colour={colour} most={page.totals.hottest} />
      </section>
      <section class="list" aria-label="List of the sources">
        <div class="bar">
          <Filter label="Filter sources" value={filter} onChange={setFilter} />
          <Choice
            label="Form of the list"
            options={[
              ['tree', 'folders'],
              ['flat', 'list'],
            ]}
            value={form}
            onChange={setForm}
          />
          <p role="status" class="found">
            {filter === '' ? '' : `${number(sources.length)} of ${counted(page.sources.length, 'source')}`}
          </p>
        </div>
        <SourceList page={page} sources={sources} isTree={form === 'tree'} isFiltered={filter !== ''} />
      </section>
    </div>
  )
}

function Totals({ page: { data, hottestSource, sources, totals } }: { readonly page: RecordedPage }) {
  const ran = totals.lines - totals.missing
  return (
    <dl class="totals">
      <Total name="sources" value={number(sources.length)} />
      <Total name="executable lines" value={number(totals.lines)} />
      <div class="wide">
        <dt>ran</dt>
        <dd>
          {percent(ran, totals.lines)}
          <meter min={0} max={Math.max(1, totals.lines)} value={ran} aria-label="lines that ran" />
        </dd>
      </div>
      <Total name="never ran" value={number(totals.missing)} class={totals.missing > 0 ? 'never' : ''} />
      <Total name="all numbers" value={short(totals.count)} title={number(totals.count)} />
      <Total name="calls" value={short(totals.calls)} title={number(totals.calls)} />
      {hottestSource && (
        <div class="wide">
          <dt>hottest line</dt>
          <dd>
            <a href={toSource(hottestSource.label, totals.hottestLine)} title={shown(hottestSource.label)}>
              {short(totals.hottest)} ×
            </a>
          </dd>
        </div>
      )}
      <TestTotal contexts={data.contexts} />
    </dl>
  )
}

/** Tests; or what else was told apart. */
function TestTotal({ contexts }: { readonly contexts: RecordedPage['data']['contexts'] }) {
  const { file, named, test } = contexts
  if (test) return <Total name="tests" value={number(test)} />
  if (file) return <Total name="test files" value={number(file)} />
  return named ? <Total name="named contexts" value={number(named)} /> : null
}

function Legend({ colour }: { readonly colour: 'heat' | 'missing' }) {
  const levels = [1, 3, 5, 7, 9]
  return (
    <p class="legend">
      <span>{colour === 'heat' ? 'never ran' : 'all ran'}</span>
      <svg width={(levels.length + 1) * 14} height="12" aria-hidden="true">
        <rect class={colour === 'heat' ? 'h0' : 'm0'} width="14" height="12" />
        {levels.map((level, at) => (
          <rect
            key={level}
            class={`${colour === 'heat' ? 'h' : 'm'}${level}`}
            x={(at + 1) * 14}
            width="14"
            height="12"
          />
        ))}
      </svg>
      <span>{colour === 'heat' ? 'hottest' : 'nothing ran'}</span>
    </p>
  )
}
