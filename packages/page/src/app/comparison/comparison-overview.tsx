import { useMemo } from 'preact/hooks'
import { Filter } from '../controls.tsx'
import { counted, number, shown, times } from '../format.ts'
import { matching } from '../matching.ts'
import { useRemembered } from '../remembered.ts'
import { toCalls, toSource } from '../route.ts'
import { Total } from '../total.tsx'
import type { ComparedPage } from './compared-page.ts'
import { DifferenceMark } from './difference-mark.tsx'
import { DifferingChoice, useExtent } from './differing-choice.tsx'
import { PairList } from './pair-list.tsx'

/** What differs between two recordings: how much, where execution parts, and in which sources. */
export function ComparisonOverview({ page }: { readonly page: ComparedPage }) {
  const [filter, setFilter] = useRemembered('pairs filter', '')
  const [extent, setExtent] = useExtent('pairs form')
  const listed = useMemo(
    () => (extent === 'all' ? page.sources : page.sources.filter(isListed)),
    [page, extent],
  )
  const sources = useMemo(() => matching(listed, filter), [listed, filter])
  return (
    <div class="comparison">
      <h1 class="hidden">What ran differently</h1>
      <Totals page={page} />
      <First page={page} />
      {page.data.notes.length > 0 && (
        <ul class="notes">
          {page.data.notes.map((note) => (
            <li key={note}>{shown(note)}</li>
          ))}
        </ul>
      )}
      <section class="list" aria-label="List of the sources">
        <div class="bar">
          <Filter label="Filter sources" value={filter} onChange={setFilter} />
          <DifferingChoice label="Which sources" extent={extent} onChange={setExtent} />
          <p role="status" class="found">
            {`${number(sources.length)} of ${counted(page.sources.length, 'source')}`}
          </p>
        </div>
        <PairList sources={sources} />
      </section>
    </div>
  )
}

function isListed({ differing, newMissing }: ComparedPage['sources'][number]): boolean {
  return differing + newMissing > 0
}

function Totals({ page: { data, sources } }: { readonly page: ComparedPage }) {
  const { changed, edges, newMissing, onlyAfter, onlyBefore } = data.total
  return (
    <dl class="totals">
      <Total name="ran only in the first" value={`− ${number(onlyBefore)}`} />
      <Total name="ran only in the second" value={`+ ${number(onlyAfter)}`} />
      <Total name="not as often" value={number(changed)} />
      <div>
        <dt>calls that differ</dt>
        <dd>{data.hasCalls ? <a href={toCalls()}>{number(edges)}</a> : '–'}</dd>
      </div>
      <Total name="newly missing" value={number(newMissing)} class={newMissing > 0 ? 'never' : ''} />
      <Total name="sources" value={number(sources.length)} />
    </dl>
  )
}

/** Where execution parts. */
function First({ page }: { readonly page: ComparedPage }) {
  const { first } = page.data
  const source = first && page.sources[first.source]
  if (!first || !source) return <p class="parts">No line ran differently.</p>
  const [before, after] = first.calls
  const called =
    before === after ? `called ${times(before)} in both` : `called ${times(before)} and ${times(after)}`
  return (
    <section class="parts" aria-label="Where execution parts">
      <p>
        It parts in{' '}
        <a href={toSource(source.label, first.line)}>{shown(`${source.label}:${Math.abs(first.line)}`)}</a>,{' '}
        <b>{shown(first.function)}</b>
        {first.function === '<module>' ? '' : `, ${called}`}:
      </p>
      {first.lines.map(({ counts, text }, at) => (
        <p class="part" key={at}>
          <span class="from-to">
            {number(counts[0])} → {number(counts[1])}
          </span>
          <DifferenceMark counts={counts} />
          <code>{shown(text.trim())}</code>
        </p>
      ))}
    </section>
  )
}
