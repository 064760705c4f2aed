import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { SourceData } from '../page-data.ts'
import { Awaited } from './awaited.tsx'
import type { CalledFunctions } from './called-functions.ts'
import { type Folded, foldedLines, type ShownLines } from './folded-lines.ts'
import { counted, number, percent, share, shown } from './format.ts'
import { heatOf } from './heat.ts'
import { type Token, tokensOf } from './highlight.ts'
import { LinePanel } from './line-panel.tsx'
import { type Bar, extentOf, MiniMap } from './mini-map.tsx'
import { type OpenedSource, openedSource } from './opened-source.ts'
import { PathHeading } from './path-heading.tsx'
import type { ListedSource, RecordedPage } from './recorded-page.ts'
import { moveTo, toSource } from './route.ts'
import { SourceLines } from './source-lines.tsx'
import { useChunk } from './use-chunk.ts'
import { useSourceKeys } from './use-source-keys.ts'
import type { RowScroller, Seen } from './visible-rows.tsx'

export interface SourceViewProps {
  readonly page: RecordedPage
  readonly listed: ListedSource
  /** The line that is looked at; 0 for none. */
  readonly line: number
  /** Undefined until they have been read. */
  readonly functions: CalledFunctions | undefined
}

/** One source with its numbers, and what is known of one of its lines. */
export function SourceView(props: SourceViewProps) {
  const { listed, page } = props
  const make = useMemo(() => (data: SourceData) => openedSource(listed, data), [listed])
  const { error, value: source } = useChunk(`source-${listed.place}`, make)
  return (
    <article class="source">
      <SourceHead listed={listed} page={page} />
      {!source && <Awaited error={error} />}
      {source?.data.textMissing !== undefined && (
        <p class="notice">The text that was counted is not to be had: {shown(source.data.textMissing)}.</p>
      )}
      {source && <OpenedView {...props} source={source} />}
    </article>
  )
}

function SourceHead({ listed, page }: { readonly listed: ListedSource; readonly page: RecordedPage }) {
  const { calls, count, hottest, hottestLine, label, lines, missing } = listed
  return (
    <header class="source-head">
      <PathHeading path={label} />
      <p>
        {counted(lines, 'executable line')} · {percent(lines - missing, lines)} ran ·{' '}
        <span class={missing > 0 ? 'never' : ''}>{number(missing)} never ran</span> · {counted(calls, 'call')}{' '}
        · {share(count, page.totals.count)} of all counts
        {hottest > 0 && (
          <>
            {' · '}
            <a href={toSource(label, hottestLine)}>hottest: line {hottestLine}</a>
          </>
        )}
      </p>
    </header>
  )
}

/** More characters are highlighted when the text is there. */
const AT_ONCE = 100_000

function useTokens({ listed, text }: OpenedSource): readonly Token[] {
  const isLong = text.length > AT_ONCE
  const now = useMemo(() => (isLong ? [] : tokensOf(listed.path, text)), [listed, text, isLong])
  const [later, setLater] = useState<readonly Token[]>([])
  useEffect(() => {
    if (!isLong) return
    const timer = setTimeout(() => setLater(tokensOf(listed.path, text)), 30)
    return () => clearTimeout(timer)
  }, [listed, text, isLong])
  return isLong ? later : now
}

function OpenedView({
  functions,
  line,
  listed,
  page,
  source,
}: SourceViewProps & { readonly source: OpenedSource }) {
  const scroller = useRef<RowScroller>(null)
  const [folded, setFolded] = useState<Folded>(new Set())
  const [seen, setSeen] = useState<Seen>({ first: 0, rows: 0 })
  const tokens = useTokens(source)
  const shownLines = useMemo(() => foldedLines(source, folded, line), [source, folded, line])
  const bar = useMemo(
    () => barsOf(source, shownLines, page.totals.hottest),
    [source, shownLines, page.totals.hottest],
  )
  // As in the listing, where there are five digits, a colon and a blank; numbers above 99999 make the column wider.
  const digits = Math.max(8, String(listed.hottest).length + 2)
  const show = (next: number): void => moveTo(toSource(listed.label, next))
  const turn = (name: string): void => {
    const others = new Set(folded)
    if (!others.delete(name)) others.add(name)
    setFolded(others)
  }
  useSourceKeys({ source, line, show, turn })
  useEffect(() => {
    if (line > 0) scroller.current?.show(shownLines.rowOf(line))
  }, [line, shownLines])
  return (
    <div class={`opened ${line > 0 ? 'with-panel' : ''}`} style={{ '--digits': `${digits}ch` }}>
      <SourceLines
        page={page}
        source={source}
        lines={shownLines}
        tokens={tokens}
        line={line}
        functions={functions}
        scroller={scroller}
        onSeen={setSeen}
        onTurn={turn}
      />
      <MiniMap
        rows={shownLines.lines.length}
        bar={bar}
        seen={seen}
        onGo={(row) => scroller.current?.center(row)}
      />
      {line > 0 && (
        <LinePanel page={page} source={source} line={line} functions={functions} onClose={() => show(0)} />
      )}
    </div>
  )
}

/** @param most the largest number on the page */
function barsOf({ counts, lines, missing, text }: OpenedSource, shown: ShownLines, most: number) {
  const never = new Set(missing)
  return (row: number): Bar | undefined => {
    const line = shown.lines[row] as number
    const extent = extentOf(text, lines[line - 1] ?? { from: 0, to: 0 })
    const count = counts.get(line)
    if (extent.length === 0 && count === undefined) return undefined
    const colour = never.has(line) ? '--never' : count ? `--h${heatOf(count, most)}` : '--mini-plain'
    return { ...extent, colour }
  }
}
