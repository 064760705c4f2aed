import type { ComponentChildren, RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { usePrinting } from './printing.ts'

interface VisibleRowsProps {
  readonly count: number
  /** Of each row, in pixels. */
  readonly height: number
  readonly row: (place: number) => ComponentChildren
  /** What they are, for those who do not see them. */
  readonly label: string
  readonly class?: string
  /** Stands above the rows and stays there. */
  readonly head?: ComponentChildren
  /** Width of the widest row, as CSS has it. Default: that of the list. */
  readonly width?: string
  /** Given the function that brings a row into sight. */
  readonly scroller?: RefObject<RowScroller | null>
  readonly onScrolled?: (seen: Seen) => void
}

export interface RowScroller {
  /** Brings a row into sight; one that can be seen stays where it is. */
  show(place: number): void
  /** Scrolls so that a row is in the middle. */
  center(place: number): void
}

/** Which rows can be seen. */
export interface Seen {
  readonly first: number
  readonly rows: number
}

/** So many rows more than can be seen are there, above and below. */
const AROUND = 12

/** A long list of rows of one height, of which only those are in the document that can be seen. */
export function VisibleRows(props: VisibleRowsProps) {
  const { count, head, height, label, row, width } = props
  const element = useRef<HTMLDivElement>(null)
  const seen = useSeen(element, props)
  const isPrinting = usePrinting()
  const first = isPrinting ? 0 : Math.max(0, Math.min(Math.floor(seen.first) - AROUND, count - 1))
  const last = isPrinting ? count : Math.min(count, Math.ceil(seen.first + seen.rows) + AROUND)
  const rows = []
  for (let place = first; place < last; place++) rows.push(row(place))
  return (
    <div
      class={`rows ${props.class ?? ''}`}
      ref={element}
      tabIndex={0}
      role="table"
      aria-label={label}
      aria-rowcount={count}
    >
      {head}
      <div
        role="rowgroup"
        class="rows-space"
        style={{ height: `${count * height}px`, minWidth: width ?? '100%' }}
      >
        <div role="presentation" class="rows-seen" style={{ transform: `translateY(${first * height}px)` }}>
          {rows}
        </div>
      </div>
    </div>
  )
}

function useSeen(element: RefObject<HTMLDivElement | null>, props: VisibleRowsProps): Seen {
  const { height, onScrolled, scroller } = props
  // Until it has been measured, as many as most windows can show.
  const [seen, setSeen] = useState<Seen>({ first: 0, rows: 60 })
  useLayoutEffect(() => {
    const scrolled = element.current
    if (!scrolled) return
    const look = (): void => {
      const now = { first: scrolled.scrollTop / height, rows: scrolled.clientHeight / height }
      setSeen((before) => (before.first === now.first && before.rows === now.rows ? before : now))
      onScrolled?.(now)
    }
    look()
    scrolled.addEventListener('scroll', look, { passive: true })
    const watch = new ResizeObserver(look)
    watch.observe(scrolled)
    return () => {
      scrolled.removeEventListener('scroll', look)
      watch.disconnect()
    }
  }, [element, height, onScrolled])
  if (scroller) scroller.current = rowScroller(element, height)
  return seen
}

function rowScroller(element: RefObject<HTMLDivElement | null>, height: number): RowScroller {
  const center = (place: number): void => {
    const scrolled = element.current
    if (scrolled) scrolled.scrollTop = (place + 0.5) * height - scrolled.clientHeight / 2
  }
  return {
    center,
    show(place) {
      const scrolled = element.current
      if (!scrolled) return
      const top = place * height - scrolled.scrollTop
      if (top < 2 * height || top > scrolled.clientHeight - 3 * height) center(place)
    },
  }
}
