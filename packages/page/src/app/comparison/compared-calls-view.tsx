import { useMemo, useState } from 'preact/hooks'
import type { ComparedCallsData, ComparedEdge } from '../../comparison-data.ts'
import { Filter } from '../controls.tsx'
import { counted, number } from '../format.ts'
import { matching } from '../matching.ts'
import { useRemembered } from '../remembered.ts'
import { rowHeight } from '../source-list.tsx'
import { VisibleRows } from '../visible-rows.tsx'
import type { ComparedPage } from './compared-page.ts'
import { FunctionLink } from './compared-panel.tsx'
import { DifferenceMark } from './difference-mark.tsx'
import { DifferingChoice, type Extent, useExtent } from './differing-choice.tsx'

interface ComparedCallsProps {
  readonly page: ComparedPage
  readonly calls: ComparedCallsData
}

/** Who called whom otherwise, in the order in which execution parts. */
export function ComparedCallsView({ calls, page }: ComparedCallsProps) {
  const [filter, setFilter] = useRemembered('compared calls filter', '')
  const [extent, setExtent] = useExtent('compared calls form')
  const [height] = useState(rowHeight)
  const listed = useMemo(() => listedEdges(calls, extent), [calls, extent])
  const rows = useMemo(() => matching(listed, filter), [listed, filter])
  if (!page.data.hasCalls)
    return <p class="notice">Calls are not compared: not both recordings have some (option trackcalls).</p>
  return (
    <section class="list" aria-label="Calls between functions">
      <h1 class="hidden">Calls</h1>
      <div class="bar">
        <Filter label="Filter functions" value={filter} onChange={setFilter} />
        <DifferingChoice label="Which calls" extent={extent} onChange={setExtent} />
        <p role="status" class="found">
          {`${number(rows.length)} of ${counted(calls.edges.length, 'pair')} of functions, ${number(calls.changed.length)} not as often`}
        </p>
      </div>
      <VisibleRows
        class="edges"
        label="Calls between functions"
        count={rows.length}
        height={height}
        head={<Head />}
        row={(place) => {
          const { edge, number: key } = rows[place] as ListedEdge
          return <EdgeRow key={key} page={page} calls={calls} edge={edge} place={place} />
        }}
      />
    </section>
  )
}

interface ListedEdge {
  readonly edge: ComparedEdge
  readonly number: number
  /** What is filtered by. */
  readonly label: string
}

function listedEdges(
  { changed, edges, functions }: ComparedCallsData,
  extent: Extent,
): readonly ListedEdge[] {
  const numbers = extent === 'all' ? [...edges.keys()] : changed
  const nameOf = (place: number): string => functions[place]?.slice(1, 3).join(' ') ?? ''
  return numbers.map((at) => {
    const edge = edges[at] as ComparedEdge
    return { edge, number: at, label: `${nameOf(edge[0])} ${nameOf(edge[1])}` }
  })
}

function Head() {
  return (
    <div role="rowgroup" class="head">
      <div role="row" class="row">
        {['First', 'Second', 'Difference', 'Caller', 'Calls'].map((words, at) => (
          <div role="columnheader" key={words} class={at > 2 ? 'col-name' : ''}>
            {words}
          </div>
        ))}
      </div>
    </div>
  )
}

interface EdgeRowProps extends ComparedCallsProps {
  readonly edge: ComparedEdge
  readonly place: number
}

function EdgeRow({ calls, edge, page, place }: EdgeRowProps) {
  const [caller, callee, before, after, resumedBefore, resumedAfter] = edge
  return (
    <div role="row" class="row" aria-rowindex={place + 1}>
      <div role="cell">{number(before)}</div>
      <div role="cell">{number(after)}</div>
      <div role="cell">
        <DifferenceMark counts={[before, after]} />
      </div>
      <div role="cell" class="col-name">
        <FunctionLink page={page} calls={calls} place={caller} />
      </div>
      <div role="cell" class="col-name">
        <FunctionLink page={page} calls={calls} place={callee} />
        {resumedBefore + resumedAfter > 0 && (
          <small>
            {' '}
            resumed {number(resumedBefore)} → {number(resumedAfter)}
          </small>
        )}
      </div>
    </div>
  )
}
