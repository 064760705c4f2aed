import { useMemo, useState } from 'preact/hooks'
import { CallGraph } from './call-graph.tsx'
import { CallRows } from './call-lists.tsx'
import type { CalledFunction, CalledFunctions } from './called-functions.ts'
import { Filter, Heading } from './controls.tsx'
import { counted, number, short, shown, times } from './format.ts'
import { heatOf } from './heat.ts'
import type { RecordedPage } from './recorded-page.ts'
import { useRemembered } from './remembered.ts'
import { toCalls, toSource } from './route.ts'
import { rowHeight } from './source-list.tsx'
import { VisibleRows } from './visible-rows.tsx'

interface CallsViewProps {
  readonly page: RecordedPage
  readonly functions: CalledFunctions
  readonly path: string
  /** '' where no function has been chosen. */
  readonly name: string
}

/** All functions, and who is around one of them. */
export function CallsView({ functions, name, page, path }: CallsViewProps) {
  return (
    <div class={`calls ${name === '' ? '' : 'with-function'}`}>
      <h1 class="hidden">Calls</h1>
      <FunctionList functions={functions} path={path} name={name} />
      {name === '' ? (
        <p class="notice">
          {page.data.hasCalls
            ? 'Choose a function to see who called it, and whom it called.'
            : 'How often each function was called is known; who called whom was not recorded: that takes the option trackcalls.'}
        </p>
      ) : (
        <Neighbourhood key={`${path}:${name}`} page={page} functions={functions} path={path} name={name} />
      )}
    </div>
  )
}

type Column = 'calls' | 'name' | 'path'

const COLUMNS: readonly (readonly [Column, string])[] = [
  ['calls', 'Calls'],
  ['name', 'Function'],
  ['path', 'Source'],
]

interface Order {
  readonly by: Column
  readonly isDown: boolean
}

function FunctionList({ functions, name, path }: Omit<CallsViewProps, 'page'>) {
  const [filter, setFilter] = useRemembered('calls filter', '')
  const [order, setOrder] = useRemembered<Order>('calls order', { by: 'calls', isDown: true })
  const [height] = useState(rowHeight)
  const rows = useMemo(() => listed(functions.all, filter, order), [functions, filter, order])
  const most = useMemo(() => functions.all.reduce((all, { calls }) => Math.max(all, calls), 0), [functions])
  return (
    <section class="function-list" aria-label="Functions">
      <div class="bar">
        <Filter label="Filter functions" value={filter} onChange={setFilter} />
        <p role="status" class="found">
          {counted(rows.length, 'function')}
        </p>
      </div>
      <VisibleRows
        class="functions"
        label="Functions"
        count={rows.length}
        height={height}
        head={<Heading columns={COLUMNS} {...order} onSort={setOrder} texts={['name', 'path']} />}
        row={(place) => {
          const one = rows[place] as CalledFunction
          return (
            <FunctionRow
              key={`${one.path}\0${one.name}\0${place}`}
              one={one}
              place={place}
              most={most}
              isHere={one.path === path && one.name === name}
            />
          )
        }}
      />
    </section>
  )
}

function listed(all: readonly CalledFunction[], filter: string, { by, isDown }: Order): CalledFunction[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const sign = isDown ? -1 : 1
  return all
    .filter(({ name, path, source }) => {
      const text = `${path} ${name}`.toLowerCase()
      return source && words.every((word) => text.includes(word))
    })
    .sort((a, b) =>
      by === 'calls'
        ? sign * (a.calls - b.calls)
        : sign * a[by].localeCompare(b[by], 'en') || a.line - b.line,
    )
}

interface FunctionRowProps {
  readonly one: CalledFunction
  readonly place: number
  readonly most: number
  readonly isHere: boolean
}

function FunctionRow({ isHere, most, one: { calls, line, name, path, source }, place }: FunctionRowProps) {
  return (
    <div
      role="row"
      class={`row ${isHere ? 'here' : ''}`}
      aria-rowindex={place + 1}
      aria-current={isHere ? 'true' : undefined}
    >
      <div role="cell" class="col-calls">
        <span class={`heat h${heatOf(calls, most)}`} title={number(calls)}>
          {short(calls)}
        </span>
      </div>
      <div role="cell" class="col-name">
        <a href={toCalls(path, name)} title={shown(name)}>
          <bdi>{shown(name)}</bdi>
        </a>
      </div>
      <div role="cell" class="col-path">
        <a class="place" href={toSource(source?.label ?? path, line)} title={`${shown(path)}:${line}`}>
          <bdi>
            {shown(path)}:{line}
          </bdi>
        </a>
      </div>
    </div>
  )
}

function Neighbourhood({ functions, name, page, path }: CallsViewProps) {
  const one = functions.find({ path, name })
  const callers = useMemo(() => functions.tree({ path, name }, 'callers'), [functions, path, name])
  const callees = useMemo(() => functions.tree({ path, name }, 'callees'), [functions, path, name])
  if (!one) return <p class="notice">Nothing on this page is called “{shown(name)}”.</p>
  return (
    <section class="neighbourhood" aria-label={`Calls of ${shown(name)}`}>
      <header>
        <div>
          <h2>
            <bdi>{shown(name)}</bdi>
          </h2>
          <Called one={one} />
        </div>
        <a class="plain" href={toCalls()} aria-label="Close">
          ✕
        </a>
      </header>
      {page.data.hasCalls ? (
        <>
          <CallGraph one={one} callers={callers} callees={callees} />
          <div class="both-lists">
            <CallRows title="Called by" none="nobody" nodes={callers} functions={functions} />
            <CallRows title="Calls" none="nothing" nodes={callees} functions={functions} />
          </div>
        </>
      ) : (
        <p class="notice">Who called whom was not recorded: that takes the option trackcalls.</p>
      )}
    </section>
  )
}

function Called({ one: { calls, line, path, source } }: { readonly one: CalledFunction }) {
  if (!source) return <p>{shown(path)}</p>
  return (
    <p>
      <a href={toSource(source.label, line)}>
        {shown(path)}:{line}
      </a>{' '}
      · called {calls === 0 ? 'never' : times(calls)}
    </p>
  )
}
