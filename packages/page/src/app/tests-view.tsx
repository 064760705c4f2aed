import { useMemo, useState } from 'preact/hooks'
import type { ContextsData, TestsData } from '../page-data.ts'
import { Awaited } from './awaited.tsx'
import { Filter, Heading } from './controls.tsx'
import { counted, number, short, shown } from './format.ts'
import { ShortList } from './line-panel.tsx'
import {
  type Column,
  type ListedTest,
  listedTests,
  matchingTests,
  type Order,
  sortedTests,
} from './listed-tests.ts'
import type { ListedSource, RecordedPage } from './recorded-page.ts'
import { useRemembered } from './remembered.ts'
import { toSource, toTests } from './route.ts'
import { rowHeight } from './source-list.tsx'
import { useChunk } from './use-chunk.ts'
import { VisibleRows } from './visible-rows.tsx'

interface TestsViewProps {
  readonly page: RecordedPage
  /** The one that is looked at; -1 for none. */
  readonly context: number
}

/** What was running: tests, and what ran around them. */
export function TestsView({ context, page }: TestsViewProps) {
  const hasContexts = page.hasContexts
  const contexts = useChunk(hasContexts ? 'contexts' : undefined, same<ContextsData>)
  const data = useChunk(hasContexts ? 'tests' : undefined, same<TestsData>)
  const tests = useMemo(
    () => contexts.value && data.value && listedTests(contexts.value, data.value),
    [contexts.value, data.value],
  )
  if (!hasContexts) return <p class="notice">Which tests ran what was not recorded.</p>
  if (!tests) return <Awaited error={contexts.error ?? data.error} />
  const one = tests[context]
  return (
    <div class={`tests ${one ? 'with-test' : ''}`}>
      <h1 class="hidden">Tests</h1>
      <TestList tests={tests} context={context} />
      {one && <TestDetails key={context} one={one} sources={page.sources} />}
    </div>
  )
}

function same<Data>(data: Data): Data {
  return data
}

const COLUMNS: readonly (readonly [Column, string])[] = [
  ['state', 'State'],
  ['title', 'Test'],
  ['place', 'File'],
  ['lines', 'Lines'],
  ['count', 'Counts'],
  ['only', 'Only it ran'],
]

function TestList({ context, tests }: { readonly tests: readonly ListedTest[]; readonly context: number }) {
  const [filter, setFilter] = useRemembered('tests filter', '')
  const [order, setOrder] = useRemembered<Order>('tests order', { by: 'place', isDown: false })
  const [height] = useState(rowHeight)
  const rows = useMemo(() => sortedTests(matchingTests(tests, filter), order), [tests, filter, order])
  return (
    <section class="test-list" aria-label="Tests">
      <div class="bar">
        <Filter label="Filter tests" value={filter} onChange={setFilter} />
        <p role="status" class="found">
          {statesOf(rows)}
        </p>
      </div>
      <VisibleRows
        class="tests-rows"
        label="Tests"
        count={rows.length}
        height={height}
        head={<Heading columns={COLUMNS} {...order} onSort={setOrder} texts={['state', 'title', 'place']} />}
        row={(place) => {
          const one = rows[place] as ListedTest
          return <TestRow key={one.context} one={one} place={place} isHere={one.context === context} />
        }}
      />
    </section>
  )
}

const SIGNS: Readonly<Record<string, string>> = { passed: '✓', failed: '✗', skipped: '–', unfinished: '…' }

/** `12 passed, 1 failed, 3 × import`: tests first. */
function statesOf(rows: readonly ListedTest[]): string {
  const counts = new Map(Object.keys(SIGNS).map((state) => [state, 0]))
  for (const { state } of rows) counts.set(state, (counts.get(state) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${number(count)} ${state in SIGNS ? '' : '× '}${state}`)
    .join(', ')
}

interface TestRowProps {
  readonly one: ListedTest
  readonly place: number
  readonly isHere: boolean
}

function TestRow({ isHere, one, place }: TestRowProps) {
  const { context, count, lines, note, only, place: where, state, title } = one
  return (
    <div
      role="row"
      class={`row ${isHere ? 'here' : ''}`}
      aria-rowindex={place + 1}
      aria-current={isHere ? 'true' : undefined}
    >
      <div role="cell" class="col-state">
        <span class={`state ${state}`}>
          {SIGNS[state] && <span aria-hidden="true">{SIGNS[state]} </span>}
          {state}
        </span>
      </div>
      <div role="cell" class="col-title">
        <a href={toTests(context)} title={title}>
          <bdi>{title}</bdi>
          {note && <small> {note}</small>}
        </a>
      </div>
      <div role="cell" class="col-place" title={where}>
        <bdi>{where}</bdi>
      </div>
      <div role="cell" class="col-lines">
        {number(lines)}
      </div>
      <div role="cell" class="col-count" title={number(count)}>
        {short(count)}
      </div>
      <div role="cell" class={`col-only ${only > 0 ? '' : 'quiet'}`}>
        {number(only)}
      </div>
    </div>
  )
}

function TestDetails({
  one,
  sources,
}: {
  readonly one: ListedTest
  readonly sources: readonly ListedSource[]
}) {
  const nameOf = (source: number): string => sources[source]?.label ?? ''
  return (
    <aside class="panel" aria-label="What it ran">
      <header>
        <h2>
          <bdi>{one.title}</bdi>
        </h2>
        <a class="plain" href={toTests()} aria-label="Close">
          ✕
        </a>
      </header>
      <p>
        <span class={`state ${one.state}`}>{one.state}</span> {one.place}
        {one.note && `, ${one.note}`}
      </p>
      <section>
        <h3>
          Ran{' '}
          <span class="quiet">
            {counted(one.lines, 'line')} in {counted(one.ran.length, 'source')}
          </span>
        </h3>
        <ShortList rows={one.ran}>
          {([source, count, lines]) => (
            <li key={source}>
              <b class="number">{short(count)}</b>
              <a href={toSource(nameOf(source))}>
                <bdi>{shown(nameOf(source))}</bdi>
                <small>{counted(lines, 'line')}</small>
              </a>
            </li>
          )}
        </ShortList>
      </section>
      <section>
        <h3>
          Only it ran <span class="quiet">{one.only === 0 ? 'nothing' : counted(one.only, 'line')}</span>
        </h3>
        <ShortList rows={one.alone}>
          {([source, from, to, lines]) => (
            <li key={`${source} ${from}`}>
              <b class="number">{number(lines)}</b>
              <a href={toSource(nameOf(source), from)}>
                <bdi>
                  {shown(nameOf(source))}:{from === to ? from : `${from}-${to}`}
                </bdi>
              </a>
            </li>
          )}
        </ShortList>
      </section>
    </aside>
  )
}
