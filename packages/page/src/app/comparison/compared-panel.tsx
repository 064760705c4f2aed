import { useMemo } from 'preact/hooks'
import type { ComparedCallsData, Pair } from '../../comparison-data.ts'
import { counted, number, shown, times } from '../format.ts'
import { ShortList } from '../line-panel.tsx'
import { toSource } from '../route.ts'
import type { ComparedPage, ListedPair } from './compared-page.ts'
import { differenceOf, distanceOf } from './difference.ts'
import { DifferenceMark } from './difference-mark.tsx'
import { type ComparedRow, functionAround, type OpenedPair } from './opened-pair.ts'
import { TestsOfDifference } from './tests-of-difference.tsx'

interface ComparedPanelProps {
  readonly page: ComparedPage
  readonly listed: ListedPair
  readonly source: OpenedPair
  readonly row: number
  readonly calls: ComparedCallsData | undefined
  readonly onClose: () => void
}

/** What is known of a line of both recordings: its numbers, and who called its function in either. */
export function ComparedPanel({ calls, listed, onClose, page, row, source }: ComparedPanelProps) {
  const { counts, differences, lines } = source.rows[row] as ComparedRow
  const [before, after] = lines
  const own =
    before === after || after === 0
      ? `Line ${before}`
      : before === 0
        ? `Line ${after}`
        : `Line ${after}, was ${before}`
  return (
    <aside class="panel" aria-label={own}>
      <header>
        <h2>{own}</h2>
        <button type="button" class="plain" onClick={onClose} aria-label="Close">
          ✕
        </button>
      </header>
      {differences.length === 0 && <p class="said">{alikeWords(counts)}</p>}
      {differences.map((one, at) => (
        <p class="said" role="status" key={at}>
          ran <strong>{number(one.counts[0])}</strong> → <strong>{times(one.counts[1])}</strong>{' '}
          <DifferenceMark counts={one.counts} />
          <span class="hidden">{differenceOf(one.counts)?.said}</span>
          {one.elsewhere && <Elsewhere page={page} place={one.elsewhere} />}
          {!one.elsewhere && one.lines[0] > 0 && one.lines[0] !== before && (
            <a class="place" href={toSource(listed.label, -one.lines[0])}>
              {' '}
              it was line {one.lines[0]}
            </a>
          )}
        </p>
      ))}
      <Around page={page} source={source} lines={lines} calls={calls} />
      {differences[0] && <TestsOfDifference page={page} listed={listed} place={differences[0].place} />}
    </aside>
  )
}

function alikeWords([before, after]: Pair<number | undefined>): string {
  const count = after ?? before
  if (count === undefined) return 'Nothing that counts starts on this line.'
  if (before !== undefined && after !== undefined) return `ran ${times(count)} in both`
  return `ran ${times(count)}: what it does is the same in both, or stands elsewhere`
}

function Elsewhere({
  page,
  place: [place, line],
}: {
  readonly page: ComparedPage
  readonly place: readonly [number, number]
}) {
  const other = page.sources[place]
  if (!other) return null
  return (
    <a class="place" href={toSource(other.label, line)}>
      {' '}
      {line < 0 ? 'it was' : 'it is now'} {shown(other.label)}:{Math.abs(line)}
    </a>
  )
}

interface AroundProps {
  readonly page: ComparedPage
  readonly source: OpenedPair
  readonly lines: Pair<number>
  readonly calls: ComparedCallsData | undefined
}

/** The function that the line is in, with who called it, and whom it called. */
function Around({ calls, lines: [before, after], page, source }: AroundProps) {
  const one = before > 0 ? functionAround(source.functions[0], before) : undefined
  const other = after > 0 ? functionAround(source.functions[1], after) : undefined
  const place = other && other[4] >= 0 ? other[4] : (one?.[4] ?? -1)
  const twin = (side: 0 | 1): number =>
    (place < 0 ? undefined : source.functions[side].find((function_) => function_[4] === place))?.[3] ?? 0
  const called: Pair<number> = [one?.[3] ?? twin(0), other?.[3] ?? twin(1)]
  const [name] = other ?? one ?? ['']
  const edges = useMemo(() => (calls && place >= 0 ? callsAround(calls, place) : undefined), [calls, place])
  return (
    <section>
      <h3>
        in <bdi>{name === '<module>' ? 'the module itself' : shown(name)}</bdi>
      </h3>
      {name !== '<module>' && (
        <p>
          called {number(called[0])} → {times(called[1])} <DifferenceMark counts={called} />
        </p>
      )}
      {page.data.hasCalls && (
        <>
          <Calls title="Called by" page={page} calls={calls} rows={edges?.callers ?? []} />
          <Calls title="Calls" page={page} calls={calls} rows={edges?.callees ?? []} />
        </>
      )}
    </section>
  )
}

/** The other function, and how often. */
interface CallRow {
  readonly place: number
  readonly counts: Pair<number>
}

function callsAround(
  { edges }: ComparedCallsData,
  place: number,
): Record<'callers' | 'callees', readonly CallRow[]> {
  const callers: CallRow[] = []
  const callees: CallRow[] = []
  for (const [caller, callee, before, after] of edges) {
    if (callee === place) callers.push({ place: caller, counts: [before, after] })
    if (caller === place) callees.push({ place: callee, counts: [before, after] })
  }
  const most = ({ counts }: CallRow): number => Math.max(...counts)
  const order = (a: CallRow, b: CallRow): number =>
    distanceOf(b.counts) - distanceOf(a.counts) || most(b) - most(a)
  return { callers: callers.sort(order), callees: callees.sort(order) }
}

interface CallsProps {
  readonly title: string
  readonly page: ComparedPage
  readonly calls: ComparedCallsData | undefined
  readonly rows: readonly CallRow[]
}

function Calls({ calls, page, rows, title }: CallsProps) {
  const differing = rows.filter(({ counts: [before, after] }) => before !== after).length
  return (
    <section>
      <h3>
        {title}{' '}
        <span class="quiet">
          {rows.length === 0
            ? 'nothing'
            : `${counted(rows.length, 'function')}, ${number(differing)} not as often`}
        </span>
      </h3>
      <ShortList rows={rows}>
        {({ counts, place }) => (
          <li key={place}>
            <b class="number pair">
              {number(counts[0])} → {number(counts[1])}
            </b>
            <div>
              <FunctionLink page={page} calls={calls} place={place} /> <DifferenceMark counts={counts} />
            </div>
          </li>
        )}
      </ShortList>
    </section>
  )
}

interface FunctionLinkProps {
  readonly page: ComparedPage
  readonly calls: ComparedCallsData | undefined
  readonly place: number
}

/** A function by its name, which leads to where it starts. */
export function FunctionLink({ calls, page, place }: FunctionLinkProps) {
  const [source = -1, path = '', name = '', line = 0] = calls?.functions[place] ?? []
  const listed = page.sources[source]
  const at = Math.abs(line)
  return (
    <>
      {listed ? (
        <a href={toSource(listed.label, line)}>
          <bdi>{shown(name)}</bdi>
        </a>
      ) : (
        <bdi>{shown(name)}</bdi>
      )}{' '}
      <span class="place">{shown(at > 0 ? `${path}:${at}` : path)}</span>
    </>
  )
}
