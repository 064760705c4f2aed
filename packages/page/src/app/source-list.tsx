import { useMemo, useState } from 'preact/hooks'
import { Heading } from './controls.tsx'
import { number, percent, share, short, shown } from './format.ts'
import { heatOf } from './heat.ts'
import type { ListedSource, RecordedPage } from './recorded-page.ts'
import { useRemembered } from './remembered.ts'
import { toSource } from './route.ts'
import { type Column, flatRows, type Order, type SourceRow, treeRows } from './source-rows.ts'
import { VisibleRows } from './visible-rows.tsx'

const COLUMNS: readonly (readonly [Column, string])[] = [
  ['name', 'Source'],
  ['lines', 'Lines'],
  ['missing', 'Never ran'],
  ['hottest', 'Hottest'],
  ['calls', 'Calls'],
  ['count', 'Share'],
]

/** So many sources are shown in open folders from the start. */
const FEW = 80

interface SourceListProps {
  readonly page: RecordedPage
  readonly sources: readonly ListedSource[]
  readonly isTree: boolean
  readonly isFiltered: boolean
}

/** The sources in rows, in their folders or not, sorted by one of their numbers. */
export function SourceList({ isFiltered, isTree, page, sources }: SourceListProps) {
  const [order, setOrder] = useRemembered<Order>('overview order', { by: 'name', isDown: false })
  const [turned, setTurned] = useRemembered<ReadonlySet<string>>('overview folders', new Set())
  const [height] = useState(rowHeight)
  const rows = useMemo(() => {
    if (!isTree) return flatRows(sources, order)
    const isAllOpen = isFiltered || page.sources.length <= FEW
    return treeRows(sources, order, (key, depth) => turned.has(key) !== (isAllOpen || depth === 0))
  }, [sources, order, isTree, turned, isFiltered, page])
  const turn = (key: string): void => {
    const others = new Set(turned)
    if (!others.delete(key)) others.add(key)
    setTurned(others)
  }
  return (
    <VisibleRows
      class="sources"
      label="Sources"
      count={rows.length}
      height={height}
      head={<Heading columns={COLUMNS} {...order} onSort={setOrder} texts={['name']} />}
      row={(place) => {
        const row = rows[place] as SourceRow
        return <ListedRow key={row.key} row={row} place={place} page={page} onTurn={turn} />
      }}
    />
  )
}

/** Fingers need more room than pointers. */
export function rowHeight(): number {
  return matchMedia('(pointer: coarse)').matches ? 36 : 28
}

interface ListedRowProps {
  readonly row: SourceRow
  readonly place: number
  readonly page: RecordedPage
  readonly onTurn: (key: string) => void
}

function ListedRow({ onTurn, page: { totals }, place, row }: ListedRowProps) {
  const { calls, count, hottest, hottestLine, lines, missing, source } = row
  return (
    <div role="row" class="row" aria-rowindex={place + 1}>
      <div role="cell" class="col-name" style={{ paddingLeft: `${0.5 + row.depth * 1.1}rem` }}>
        <RowName row={row} onTurn={onTurn} />
      </div>
      <div role="cell" class="col-lines">
        {number(lines)}
      </div>
      <div role="cell" class="col-missing">
        <span class={missing > 0 ? 'never' : 'quiet'}>{number(missing)}</span>
        <Ran lines={lines} missing={missing} />
      </div>
      <div role="cell" class="col-hottest">
        <HeatNumber
          count={hottest}
          most={totals.hottest}
          address={source && toSource(source.label, hottestLine)}
        />
      </div>
      <div role="cell" class="col-calls" title={number(calls)}>
        {short(calls)}
      </div>
      <div role="cell" class="col-count">
        {share(count, totals.count)}
      </div>
    </div>
  )
}

function RowName({ onTurn, row }: Pick<ListedRowProps, 'row' | 'onTurn'>) {
  if (row.source)
    return (
      <a href={toSource(row.source.label)} title={shown(row.source.label)}>
        <bdi>{shown(row.name)}</bdi>
      </a>
    )
  return (
    <button type="button" class="folder" aria-expanded={row.isOpen === true} onClick={() => onTurn(row.key)}>
      <span aria-hidden="true">{row.isOpen ? '▾' : '▸'}</span>
      <bdi>{shown(row.name)}</bdi>
    </button>
  )
}

function Ran({ lines, missing }: { readonly lines: number; readonly missing: number }) {
  const ran = lines === 0 ? 0 : (lines - missing) / lines
  return (
    <>
      <span class="ran">{percent(lines - missing, lines)}</span>
      <svg class="ran-bar" width="48" height="8" aria-hidden="true">
        {lines > 0 && <rect class="m9" width="48" height="8" rx="2" />}
        <rect class="ran-part" width={48 * ran} height="8" rx="2" />
      </svg>
    </>
  )
}

interface HeatNumberProps {
  readonly count: number
  readonly most: number
  readonly address?: string | undefined
}

/** A number on the colour of its heat, which perhaps leads to what has it. */
function HeatNumber({ address, count, most }: HeatNumberProps) {
  const text = (
    <span class={`heat h${heatOf(count, most)}`} title={number(count)}>
      {short(count)}
    </span>
  )
  return address === undefined || count === 0 ? text : <a href={address}>{text}</a>
}
