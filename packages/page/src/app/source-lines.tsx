import type { RefObject } from 'preact'
import { useMemo } from 'preact/hooks'
import type { CalledFunction, CalledFunctions } from './called-functions.ts'
import type { ShownLines } from './folded-lines.ts'
import { number } from './format.ts'
import { heatOf } from './heat.ts'
import { type Token, tokensIn } from './highlight.ts'
import { functionAt, type OpenedSource } from './opened-source.ts'
import type { RecordedPage } from './recorded-page.ts'
import { toSource } from './route.ts'
import { type RowScroller, type Seen, VisibleRows } from './visible-rows.tsx'
import { widestLine } from './widest-line.ts'

/** In pixels, as in the style sheet. */
const LINE_HEIGHT = 20

interface SourceLinesProps {
  readonly page: RecordedPage
  readonly source: OpenedSource
  readonly lines: ShownLines
  readonly tokens: readonly Token[]
  readonly line: number
  readonly functions: CalledFunctions | undefined
  readonly scroller: RefObject<RowScroller | null>
  readonly onSeen: (seen: Seen) => void
  readonly onTurn: (name: string) => void
}

/** The lines of a source, each with its number in front of it as in the listing. */
export function SourceLines(props: SourceLinesProps) {
  const { lines, onSeen, scroller, source } = props
  const widest = useMemo(() => widestLine(source.text, source.lines), [source])
  return (
    <VisibleRows
      class="lines"
      label={`Lines of ${source.listed.label}`}
      count={lines.lines.length}
      height={LINE_HEIGHT}
      width={`calc(${widest}ch + 16ch)`}
      scroller={scroller}
      onScrolled={onSeen}
      row={(place) => {
        const line = lines.lines[place] as number
        return <SourceLine key={line} {...props} at={line} />
      }}
    />
  )
}

/** @param at the line */
function SourceLine({ at, line, onTurn, ...props }: SourceLinesProps & { readonly at: number }) {
  const { lines, page, source } = props
  const { counts, listed } = source
  const count = counts.get(at)
  const isMissing = count === 0 && isIn(source.missing, at)
  const isPartial = isIn(source.partial, at)
  const said = `ran ${number(count ?? 0)} times${isPartial ? ', a way of a branch never taken' : ''}`
  const fold = lines.folds.get(at)
  const address = toSource(listed.label, at)
  const kind = [isMissing ? 'missing' : '', at === line ? 'here' : ''].join(' ')
  return (
    <div
      role="row"
      class={`line ${kind}`}
      aria-rowindex={at}
      aria-current={at === line ? 'location' : undefined}
    >
      <div role="rowheader" class="line-number">
        <a href={address}>{at}</a>
      </div>
      <div role="cell" class={`count h${heatOf(count ?? 0, page.totals.hottest)}`}>
        {count !== undefined && (
          <a href={address} tabIndex={-1} aria-label={isMissing ? 'never ran' : said}>
            {isMissing ? '>>>>>>' : count === 0 ? '' : `${count}${isPartial ? '!' : ':'}`}
          </a>
        )}
      </div>
      <div role="cell" class="fold">
        {fold && (
          <button
            type="button"
            aria-expanded={!fold.isFolded}
            aria-label={`Lines of ${fold.name}`}
            onClick={() => onTurn(fold.name)}
          >
            <span aria-hidden="true">{fold.isFolded ? '▸' : '▾'}</span>
          </button>
        )}
      </div>
      <div role="cell" class="code">
        <LineText {...props} at={at} />
        {fold?.isFolded && <span class="folded"> ⋯ {fold.lines} lines</span>}
      </div>
    </div>
  )
}

function isIn(ascending: readonly number[], value: number): boolean {
  let [low, high] = [0, ascending.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const there = ascending[middle] as number
    if (there === value) return true
    if (there < value) low = middle + 1
    else high = middle - 1
  }
  return false
}

interface LineTextProps extends Pick<SourceLinesProps, 'source' | 'tokens' | 'functions'> {
  readonly at: number
}

function LineText({ at, functions, source, tokens }: LineTextProps) {
  const { from, to } = source.lines[at - 1] as OpenedSource['lines'][number]
  const parts = []
  let place = from
  for (const token of tokensIn(tokens, from, to)) {
    if (token.from < place) continue
    if (token.from > place) parts.push(source.text.slice(place, token.from))
    const text = source.text.slice(token.from, token.to)
    const called = token.isCalled && functions ? calledBy({ at, functions, source }, text) : undefined
    parts.push(<TokenText key={token.from} text={text} kind={token.kind} called={called} />)
    place = token.to
  }
  parts.push(source.text.slice(place, to))
  return <>{parts}</>
}

interface TokenTextProps {
  readonly text: string
  readonly kind: string
  readonly called: CalledFunction | undefined
}

function TokenText({ called, kind, text }: TokenTextProps) {
  if (!called?.source) return <span class={`t-${kind}`}>{text}</span>
  return (
    <a
      class={`t-${kind} called`}
      href={toSource(called.source.label, called.line)}
      title={`${called.path}:${called.line}`}
    >
      {text}
    </a>
  )
}

interface Call {
  readonly at: number
  readonly functions: CalledFunctions
  readonly source: OpenedSource
}

/** The function that a name calls, where there is only one that it can be. */
function calledBy({ at, functions, source }: Call, name: string): CalledFunction | undefined {
  const { path } = source.listed
  const around = functionAt(source, at)?.name ?? '<module>'
  const isNamed = (one: { readonly name: string }): boolean =>
    one.name === name || one.name.endsWith(`.${name}`) || one.name === `${name}.constructor`
  const called = functions.calleesOf({ path, name: around }).filter(isNamed)
  if (called.length > 0) return called.length === 1 ? called[0] : undefined
  // Where calls were not recorded, or none was made: a function of the same file that is called so.
  const [only, ...others] = source.functions.filter((one) => one.name === name)
  return only && others.length === 0 ? functions.find({ path, name: only.name }) : undefined
}
