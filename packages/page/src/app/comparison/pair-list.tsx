import { useMemo, useState } from 'preact/hooks'
import { Heading } from '../controls.tsx'
import { number, short, shown } from '../format.ts'
import { useRemembered } from '../remembered.ts'
import { toSource } from '../route.ts'
import { rowHeight } from '../source-list.tsx'
import { VisibleRows } from '../visible-rows.tsx'
import type { ListedPair } from './compared-page.ts'
import { distanceOf } from './difference.ts'
import { DifferenceMark } from './difference-mark.tsx'

type Column = 'name' | 'before' | 'after' | 'changed' | 'most' | 'count'

interface Order {
  readonly by: Column | 'parting'
  readonly isDown: boolean
}

const COLUMNS: readonly (readonly [Column, string])[] = [
  ['name', 'Source'],
  ['before', '− only'],
  ['after', '+ only'],
  ['changed', 'Not as often'],
  ['most', 'At most'],
  ['count', 'All numbers'],
]

/** The sources in rows. At first they stand in the order in which execution parts. */
export function PairList({ sources }: { readonly sources: readonly ListedPair[] }) {
  const [order, setOrder] = useRemembered<Order>('pairs order', { by: 'parting', isDown: false })
  const [height] = useState(rowHeight)
  const rows = useMemo(() => [...sources].sort(comparing(order)), [sources, order])
  return (
    <VisibleRows
      class="pairs"
      label="Sources"
      count={rows.length}
      height={height}
      head={<Heading<Column | 'parting'> columns={COLUMNS} {...order} onSort={setOrder} texts={['name']} />}
      row={(place) => <PairRow key={rows[place]?.label} source={rows[place] as ListedPair} place={place} />}
    />
  )
}

function PairRow({ place, source }: { readonly source: ListedPair; readonly place: number }) {
  const { changed, label, most, onlyAfter, onlyBefore, state } = source
  const [before, after] = countsOf(source)
  return (
    <div role="row" class="row" aria-rowindex={place + 1}>
      <div role="cell" class="col-name">
        <a href={toSource(label)} title={shown(label)}>
          <bdi>{shown(label)}</bdi>
        </a>{' '}
        <small>{shown(state)}</small>
      </div>
      <div role="cell" class="col-before">
        {onlyBefore > 0 ? `− ${number(onlyBefore)}` : ''}
      </div>
      <div role="cell" class="col-after">
        {onlyAfter > 0 ? `+ ${number(onlyAfter)}` : ''}
      </div>
      <div role="cell" class="col-changed">
        {changed > 0 ? number(changed) : ''}
      </div>
      <div role="cell" class="col-most">
        {most && <DifferenceMark counts={most} />}
      </div>
      <div role="cell" class="col-count" title={`${number(before)} → ${number(after)}`}>
        {short(before)} → {short(after)}
      </div>
    </div>
  )
}

function countsOf({ texts: [before, after] }: ListedPair): [number, number] {
  return [before?.count ?? 0, after?.count ?? 0]
}

function comparing({ by, isDown }: Order): (a: ListedPair, b: ListedPair) => number {
  const sign = isDown ? -1 : 1
  const byPlace = (a: ListedPair, b: ListedPair): number => a.place - b.place
  if (by === 'parting') return byPlace
  if (by === 'name') return (a, b) => sign * a.label.localeCompare(b.label, 'en') || byPlace(a, b)
  const value = (one: ListedPair): number => {
    if (by === 'before') return one.onlyBefore
    if (by === 'after') return one.onlyAfter
    if (by === 'changed') return one.changed
    return distanceOf(by === 'most' ? (one.most ?? [0, 0]) : countsOf(one))
  }
  return (a, b) => sign * (value(a) - value(b)) || byPlace(a, b)
}
