import type { RefObject } from 'preact'
import { useMemo } from 'preact/hooks'
import { counted } from '../format.ts'
import { type Token, tokensIn } from '../highlight.ts'
import { toSource } from '../route.ts'
import { type RowScroller, type Seen, VisibleRows } from '../visible-rows.tsx'
import { widestLine } from '../widest-line.ts'
import type { ListedPair } from './compared-page.ts'
import { differenceOf } from './difference.ts'
import { addressOf, type ComparedRow, type OpenedPair } from './opened-pair.ts'
import type { ShownRow } from './shown-rows.ts'

/** In pixels, as in the style sheet. */
const LINE_HEIGHT = 20

interface ComparedLinesProps {
  readonly listed: ListedPair
  readonly source: OpenedPair
  readonly rows: readonly ShownRow[]
  /** Of both texts. */
  readonly tokens: readonly (readonly Token[])[]
  /** The row that is looked at; -1 for none. */
  readonly here: number
  readonly scroller: RefObject<RowScroller | null>
  readonly onSeen: (seen: Seen) => void
  /** Shows what is left out. */
  readonly onAll: () => void
}

/** The lines of both texts, each with both numbers in front of it, and how they differ. */
export function ComparedLines(props: ComparedLinesProps) {
  const { listed, onAll, onSeen, rows, scroller, source } = props
  const widest = useMemo(
    () =>
      Math.max(...[0, 1].map((side) => widestLine(source.texts[side] ?? '', source.textLines[side] ?? []))),
    [source],
  )
  return (
    <VisibleRows
      class="lines compared"
      label={`Lines of ${listed.label}`}
      count={rows.length}
      height={LINE_HEIGHT}
      width={`calc(${widest}ch + 44ch)`}
      scroller={scroller}
      onScrolled={onSeen}
      head={<Head />}
      row={(place) => {
        const { left, row } = rows[place] as ShownRow
        if (left > 0)
          return (
            <div role="row" class="line left-out" key={row} aria-rowindex={place + 1}>
              <div role="cell">
                <button type="button" onClick={onAll}>
                  ⋯ {counted(left, 'line')}
                </button>
              </div>
            </div>
          )
        return <ComparedLine key={row} {...props} at={row} />
      }}
    />
  )
}

/** Of both recordings: where a line is, and how often it ran. */
function Head() {
  return (
    <div role="rowgroup" class="head">
      <div role="row" class="line">
        {['−', '+'].map((side) => (
          <div role="columnheader" class="line-number" key={side} aria-label={`line ${side}`}>
            {side}
          </div>
        ))}
        {['− ran', '+ ran'].map((words) => (
          <div role="columnheader" class="count" key={words}>
            {words}
          </div>
        ))}
        <div role="columnheader" class="difference">
          differs
        </div>
      </div>
    </div>
  )
}

/** @param at the row */
function ComparedLine({ at, here, listed, source, tokens }: ComparedLinesProps & { readonly at: number }) {
  const row = source.rows[at] as ComparedRow
  const [before, after] = row.lines
  const [most] = row.differences
  const difference = most && differenceOf(most.counts)
  const side = after > 0 ? 1 : 0
  const address = toSource(listed.label, addressOf(row))
  const kind = [
    before === 0 ? 'added' : after === 0 ? 'removed' : '',
    at === here ? 'here' : '',
    difference ? 'differs' : '',
  ]
  return (
    <div
      role="row"
      class={`line ${kind.join(' ')}`}
      aria-rowindex={at + 1}
      aria-current={at === here ? 'location' : undefined}
    >
      {row.lines.map((line, of) => (
        <div role={line > 0 ? 'rowheader' : 'cell'} class="line-number" key={of}>
          {line > 0 && (
            <a href={address} tabIndex={of === side ? 0 : -1}>
              {line}
            </a>
          )}
        </div>
      ))}
      <Count row={row} side={0} address={address} />
      <Count row={row} side={1} address={address} />
      <div role="cell" class={`difference ${difference?.kind ?? ''}`} aria-label={difference?.said}>
        {difference?.words}
      </div>
      <div role="cell" class="sign">
        {before === 0 ? '+' : after === 0 ? '−' : ''}
      </div>
      <div role="cell" class="code">
        <LineText
          source={source}
          side={side}
          line={side === 1 ? after : before}
          tokens={tokens[side] ?? []}
        />
      </div>
    </div>
  )
}

interface CountProps {
  readonly row: ComparedRow
  readonly side: 0 | 1
  readonly address: string
}

function Count({ address, row, side }: CountProps) {
  const text = countText(row, side)
  const said = text === NEVER ? 'never ran' : `ran ${text} times`
  return (
    <div role="cell" class="count">
      {text !== '' && (
        <a href={address} tabIndex={-1} aria-label={`${said} in the ${side === 0 ? 'first' : 'second'}`}>
          {text}
        </a>
      )}
    </div>
  )
}

const NEVER = '>>>>>>'

/** What differs is shown as the answer has it: what was rewritten has the number of the line that it was. */
function countText({ counts, differences: [most], isMissing, lines }: ComparedRow, side: 0 | 1): string {
  const line = most ? most.lines[side] || most.elsewhere?.[1] : lines[side]
  if (!line) return ''
  const count = most ? most.counts[side] : counts[side]
  if (count === undefined) return ''
  return count === 0 && (most || isMissing[side]) ? NEVER : count === 0 ? '' : String(count)
}

interface LineTextProps {
  readonly source: OpenedPair
  readonly side: 0 | 1
  readonly line: number
  readonly tokens: readonly Token[]
}

function LineText({ line, side, source, tokens }: LineTextProps) {
  const { from, to } = source.textLines[side][line - 1] ?? { from: 0, to: 0 }
  const text = source.texts[side]
  const parts = []
  let place = from
  for (const token of tokensIn(tokens, from, to)) {
    if (token.from < place) continue
    if (token.from > place) parts.push(text.slice(place, token.from))
    parts.push(
      <span class={`t-${token.kind}`} key={token.from}>
        {text.slice(token.from, token.to)}
      </span>,
    )
    place = token.to
  }
  parts.push(text.slice(place, to))
  return <>{parts}</>
}
