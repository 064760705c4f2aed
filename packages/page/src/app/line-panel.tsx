import type { Context } from '@tstrace/results'
import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { ContextsData } from '../page-data.ts'
import { Awaited } from './awaited.tsx'
import { CallRows } from './call-lists.tsx'
import type { CalledFunctions } from './called-functions.ts'
import { counted, number, shown, times } from './format.ts'
import { functionAt, type OpenedSource, testsOfLine } from './opened-source.ts'
import type { RecordedPage } from './recorded-page.ts'
import { toCalls, toTests } from './route.ts'
import { ruleWords } from './rule-words.ts'
import { shownContext } from './shown-context.ts'
import { useChunk } from './use-chunk.ts'

interface LinePanelProps {
  readonly page: RecordedPage
  readonly source: OpenedSource
  readonly line: number
  readonly functions: CalledFunctions | undefined
  readonly onClose: () => void
}

/** What is known of a line: its number and the rule for it, who called its function, which tests ran it. */
export function LinePanel({ functions, line, onClose, page, source }: LinePanelProps) {
  const count = source.counts.get(line)
  return (
    <aside class="panel" aria-label={`Line ${line}`}>
      <header>
        <h2>Line {line}</h2>
        <button type="button" class="plain" onClick={onClose} aria-label="Close">
          ✕
        </button>
      </header>
      <p class="said" role="status">
        {saidOf(source, line)}
      </p>
      {count !== undefined && (
        <p class="rule">
          {source.rules.get(line)?.map((rule) => (
            <span key={rule}>
              <b>{rule}</b>: {ruleWords(rule)}.{' '}
            </span>
          ))}
        </p>
      )}
      {source.partial.includes(line) && (
        <p class="rule">
          <b>!</b>: a branch starts here of which a way was never taken.
        </p>
      )}
      {count === 0 && source.missing.includes(line) && (
        <p class="rule">
          Why it did not: <code>tstrace why {shown(`${source.listed.path}:${line}`)}</code>
        </p>
      )}
      <Around source={source} line={line} functions={functions} hasCalls={page.data.hasCalls} />
      {count !== undefined && count > 0 && <TestsOfLine page={page} source={source} line={line} />}
    </aside>
  )
}

function saidOf({ counts, missing }: OpenedSource, line: number): ComponentChildren {
  const count = counts.get(line)
  if (count === undefined) return 'Nothing that counts starts on this line.'
  if (count > 0)
    return (
      <>
        ran <strong>{times(count)}</strong>
      </>
    )
  return missing.includes(line) ? (
    <strong class="never">never ran</strong>
  ) : (
    'did not run, and is not expected to (#pragma NO COVER)'
  )
}

interface AroundProps extends Pick<LinePanelProps, 'source' | 'line' | 'functions'> {
  readonly hasCalls: boolean
}

/** The function that the line is in, with who called it, and whom it called. */
function Around({ functions, hasCalls, line, source }: AroundProps) {
  const { path } = source.listed
  const around = functionAt(source, line)
  const name = around?.name ?? '<module>'
  const trees = useMemo(
    () =>
      functions && hasCalls
        ? {
            callers: functions.tree({ path, name }, 'callers'),
            callees: functions.tree({ path, name }, 'callees'),
          }
        : undefined,
    [functions, hasCalls, path, name],
  )
  return (
    <section>
      <h3>
        in{' '}
        <a href={toCalls(path, name)}>
          <bdi>{around ? shown(name) : 'the module itself'}</bdi>
        </a>
      </h3>
      {around && <p>called {around.calls === 0 ? <b class="never">never</b> : times(around.calls)}</p>}
      {trees && functions && (
        <>
          <CallRows title="Called by" none="nobody" nodes={trees.callers} functions={functions} isShort />
          <CallRows title="Calls" none="nothing" nodes={trees.callees} functions={functions} isShort />
        </>
      )}
      {!hasCalls && <p class="quiet">Who called whom was not recorded: that takes the option trackcalls.</p>}
    </section>
  )
}

/** So many are shown at first. */
const FEW = 20

function TestsOfLine({ line, page, source }: Pick<LinePanelProps, 'page' | 'source' | 'line'>) {
  const { error, value: contexts } = useChunk(page.hasContexts ? 'contexts' : undefined, sameContexts)
  const answer = useMemo(() => contexts && testsOfLine(source, contexts, line), [source, contexts, line])
  const places = useMemo(() => new Map(contexts?.map((context, place) => [context, place])), [contexts])
  if (!page.hasContexts) return <p class="quiet">Which tests ran it was not recorded.</p>
  if (!answer) return <Awaited error={error} />
  const rows = answer.rows.map(({ context, count }) => ({
    ...shownContext(context),
    count,
    context: places.get(context) ?? -1,
  }))
  return (
    <section class="tests-of-line">
      <h3>
        Ran in <span class="quiet">{kindsOf(answer.rows)}</span>
      </h3>
      <ShortList rows={rows}>
        {({ context, count, note, place, state, title }) => (
          <li key={context}>
            <b class="number">{number(count)}</b>
            <a href={toTests(context)}>
              <bdi>{title}</bdi>
              {state !== 'file' && <small>{[place, note].filter(Boolean).join(', ')}</small>}
            </a>
            {state !== 'passed' && state !== 'file' && <span class={`state ${state}`}>{state}</span>}
          </li>
        )}
      </ShortList>
      {answer.outside > 0 && (
        <p class="quiet">And {times(answer.outside)} in runs that did not record contexts.</p>
      )}
    </section>
  )
}

/** `12 tests and 2 others`. */
export function kindsOf(rows: readonly { readonly context: Context }[]): string {
  const named = (['test', 'file', 'named'] as const).flatMap((kind) => {
    const count = rows.filter(({ context }) => context.kind === kind).length
    return count > 0 ? [{ count, words: counted(count, KINDS[kind]) }] : []
  })
  const others = rows.length - named.reduce((sum, { count }) => sum + count, 0)
  return [...named.map(({ words }) => words), ...(others > 0 ? [counted(others, 'other')] : [])].join(' and ')
}

const KINDS = { test: 'test', file: 'test file', named: 'named context' } as const

function sameContexts(contexts: ContextsData): ContextsData {
  return contexts
}

interface ShortListProps<Row> {
  readonly rows: readonly Row[]
  readonly children: (row: Row) => ComponentChildren
}

/** A list of which the beginning is shown, until one asks for more. */
export function ShortList<Row>({ children, rows }: ShortListProps<Row>) {
  const [most, setMost] = useState(FEW)
  return (
    <>
      <ul class="short-list">{rows.slice(0, most).map(children)}</ul>
      {rows.length > most && (
        <button type="button" class="more" onClick={() => setMost(most * 10)}>
          {number(rows.length - most)} more
        </button>
      )}
    </>
  )
}
