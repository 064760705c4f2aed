import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ComparedCallsData, ComparedSourceData } from '../../comparison-data.ts'
import { Awaited } from '../awaited.tsx'
import { counted, number, shown } from '../format.ts'
import { tokensOf } from '../highlight.ts'
import { type Bar, extentOf, MiniMap } from '../mini-map.tsx'
import { PathHeading } from '../path-heading.tsx'
import { moveTo, toSource } from '../route.ts'
import { useChunk } from '../use-chunk.ts'
import type { RowScroller, Seen } from '../visible-rows.tsx'
import { ComparedLines } from './compared-lines.tsx'
import type { ComparedPage, ListedPair } from './compared-page.ts'
import { ComparedPanel } from './compared-panel.tsx'
import { differenceOf } from './difference.ts'
import { DifferingChoice, useExtent } from './differing-choice.tsx'
import { type ComparedRow, type OpenedPair, openedPair, rowAt } from './opened-pair.ts'
import { type ShownRow, shownRows } from './shown-rows.ts'
import { useDifferenceKeys } from './use-difference-keys.ts'

export interface ComparedSourceProps {
  readonly page: ComparedPage
  readonly listed: ListedPair
  /** The line that is looked at, as addresses have it; 0 for none. */
  readonly line: number
  /** Undefined until they have been read. */
  readonly calls: ComparedCallsData | undefined
}

function opened(data: ComparedSourceData): {
  readonly data: ComparedSourceData
  readonly source: OpenedPair
} {
  return { data, source: openedPair(data) }
}

/** One source with the numbers of both recordings. */
export function ComparedSourceView(props: ComparedSourceProps) {
  const { listed } = props
  const { error, value } = useChunk(`compared-${listed.place}`, opened)
  const [extent, setExtent] = useExtent('pair form')
  const isShort = extent === 'differing' && listed.differing > 0
  const { changed, onlyAfter, onlyBefore, state } = listed
  return (
    <article class="source">
      <header class="source-head">
        <PathHeading path={listed.label} />
        <p>
          {state !== '' && `${shown(state)} · `}
          {counted(onlyBefore, 'line')} ran only in the first · {number(onlyAfter)} only in the second ·{' '}
          {number(changed)} not as often{' '}
          {listed.differing > 0 && (
            <DifferingChoice label="Which lines" all="all lines" extent={extent} onChange={setExtent} />
          )}
        </p>
      </header>
      {!value && <Awaited error={error} />}
      {value?.data.runs.length === 0 && (
        <p class="notice">Nobody has the texts that ran: these are the numbers by their lines.</p>
      )}
      {value && (
        <OpenedComparison {...props} source={value.source} isShort={isShort} onAll={() => setExtent('all')} />
      )}
    </article>
  )
}

interface OpenedProps extends ComparedSourceProps {
  readonly source: OpenedPair
  /** Whether only lines are shown that differ, and those around them. */
  readonly isShort: boolean
  readonly onAll: () => void
}

function OpenedComparison({ calls, isShort, line, listed, onAll, page, source }: OpenedProps) {
  const scroller = useRef<RowScroller>(null)
  const row = rowAt(source, line)
  const rows = useMemo(() => shownRows(source, { isShort, row }), [source, isShort, row])
  const tokens = useMemo(
    () => [0, 1].map((side) => tokensOf(listed.texts[side]?.path ?? '', source.texts[side] ?? '')),
    [listed, source],
  )
  const [seen, setSeen] = useState<Seen>({ first: 0, rows: 0 })
  const bar = useMemo(() => barsOf(source, rows), [source, rows])
  const show = (next: number): void => moveTo(toSource(listed.label, next))
  useDifferenceKeys({ page, listed, source, line, show })
  useEffect(() => {
    const place = rows.findIndex((one) => one.row === row)
    if (row >= 0 && place >= 0) scroller.current?.show(place)
  }, [row, rows])
  return (
    <div class={`opened ${row >= 0 ? 'with-panel' : ''}`}>
      <ComparedLines
        listed={listed}
        source={source}
        rows={rows}
        tokens={tokens}
        here={row}
        scroller={scroller}
        onSeen={setSeen}
        onAll={onAll}
      />
      <MiniMap rows={rows.length} bar={bar} seen={seen} onGo={(place) => scroller.current?.center(place)} />
      {row >= 0 && (
        <ComparedPanel
          page={page}
          listed={listed}
          source={source}
          row={row}
          calls={calls}
          onClose={() => show(0)}
        />
      )}
    </div>
  )
}

/** Lines that differ in the colours of their differences. */
function barsOf(source: OpenedPair, rows: readonly ShownRow[]) {
  return (place: number): Bar | undefined => {
    const { left, row } = rows[place] as ShownRow
    if (left > 0) return undefined
    const { differences, lines } = source.rows[row] as ComparedRow
    const side = lines[1] > 0 ? 1 : 0
    const extent = extentOf(source.texts[side], source.textLines[side][lines[side] - 1] ?? { from: 0, to: 0 })
    const difference = differences[0] && differenceOf(differences[0].counts)
    if (difference) return { ...extent, colour: difference.colour, stands: true }
    return extent.length === 0 ? undefined : { ...extent, colour: '--mini-plain' }
  }
}
