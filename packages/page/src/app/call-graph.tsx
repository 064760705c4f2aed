import type { CallNode } from '@tstrace/questions'
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { CalledFunction } from './called-functions.ts'
import { number, short, shown } from './format.ts'
import { type Arrow, BOX, type Box, type Drawing, drawingOf } from './graph-layout.ts'
import { toCalls } from './route.ts'

interface CallGraphProps {
  readonly one: CalledFunction
  readonly callers: readonly CallNode[]
  readonly callees: readonly CallNode[]
}

/** Between two columns at least, and the widths that boxes can have, in pixels. */
const [GAP, NARROWEST, WIDEST] = [40, 122, 210]
const LEAST = 5 * NARROWEST + 4 * GAP

/** Callers and callees of a function, drawn. The lists below say the same to those who do not see it. */
export function CallGraph({ callees, callers, one }: CallGraphProps) {
  const element = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState(LEAST)
  useLayoutEffect(() => {
    const measured = element.current as HTMLDivElement
    const measure = (): void => setRoom(measured.clientWidth - 2)
    measure()
    // What was asked about is what one sees first.
    measured.scrollLeft = (measured.scrollWidth - measured.clientWidth) / 2
    const watch = new ResizeObserver(measure)
    watch.observe(measured)
    return () => watch.disconnect()
  }, [])
  const drawing = useMemo(() => drawingOf(one, callers, callees), [one, callers, callees])
  const width = Math.max(LEAST, Math.min(room, 1800))
  const wide = Math.min(WIDEST, (width - 4 * GAP) / 5)
  const left = (box: Box): number => ((box.column + 2) * (width - wide)) / 4
  const most = drawing.arrows.reduce((all, { calls }) => Math.max(all, calls), 1)
  return (
    <div class="graph" ref={element} aria-hidden="true">
      <svg
        aria-hidden="true"
        width={width}
        height={drawing.height + 12}
        viewBox={`0 -6 ${width} ${drawing.height + 12}`}
      >
        {drawing.arrows.map((arrow) => (
          <Edge
            key={`${arrow.from} ${arrow.to}`}
            arrow={arrow}
            drawing={drawing}
            left={left}
            wide={wide}
            most={most}
          />
        ))}
        {drawing.boxes.map((box, place) => (
          <FunctionBox key={place} box={box} left={left(box)} wide={wide} />
        ))}
      </svg>
    </div>
  )
}

interface EdgeProps {
  readonly arrow: Arrow
  readonly drawing: Drawing
  readonly left: (box: Box) => number
  /** Width of the boxes. */
  readonly wide: number
  readonly most: number
}

function Edge({ arrow: { calls, from, to }, drawing: { boxes }, left, most, wide }: EdgeProps) {
  const [start, end] = [boxes[from] as Box, boxes[to] as Box]
  const [x0, y0] = [left(start) + wide, start.top + BOX.height / 2]
  const [x1, y1] = [left(end), end.top + BOX.height / 2]
  const bend = (x1 - x0) / 2
  const thickness = 1 + (3 * Math.log2(calls + 1)) / Math.log2(most + 1)
  // Beside the box that is farther from the function, where arrows are apart.
  const isCaller = end.column <= 0
  return (
    <g class="edge">
      <path
        d={`M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1 - 5} ${y1}`}
        stroke-width={thickness}
      />
      <path class="point" d={`M${x1} ${y1}l-7 -4v8z`} />
      <text
        x={isCaller ? x0 + 4 : x1 - 10}
        y={(isCaller ? y0 : y1) - 5}
        text-anchor={isCaller ? 'start' : 'end'}
      >
        {short(calls)}
        <title>{number(calls)} calls</title>
      </text>
    </g>
  )
}

/** Of a character, in pixels, at the size of the drawing's texts. */
const CHARACTER = 7.1

interface FunctionBoxProps {
  readonly box: Box
  readonly left: number
  readonly wide: number
}

function FunctionBox({ box, left, wide }: FunctionBoxProps) {
  if (box.more !== undefined)
    return (
      <text class="more" x={left + 8} y={box.top + 12}>
        {number(box.more)} more
      </text>
    )
  const { name, path } = box.function
  const most = Math.floor((wide - 16) / CHARACTER)
  return (
    <a href={toCalls(path, name)} tabindex={-1} class={box.column === 0 ? 'here' : ''}>
      <rect x={left} y={box.top} width={wide} height={BOX.height} rx="6" />
      <text x={left + 8} y={box.top + 14}>
        {cutEnd(shown(name), most)}
      </text>
      <text class="place" x={left + 8} y={box.top + 27}>
        {cutStart(shown(path), Math.floor(most * 1.15))}
      </text>
      <title>{`${shown(name)}\n${shown(path)}`}</title>
    </a>
  )
}

function cutEnd(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

function cutStart(text: string, most: number): string {
  return text.length <= most ? text : `…${text.slice(1 - most)}`
}
