import { useEffect, useRef, useState } from 'preact/hooks'
import type { TextLine } from './text-lines.ts'
import type { Seen } from './visible-rows.tsx'

/** How a row is drawn. */
export interface Bar {
  /** Its text: blanks in front of it, and characters. */
  readonly indent: number
  readonly length: number
  /** Name of a colour of the style sheet. */
  readonly colour: string
  /** Whether it is to be seen however long the source is. */
  readonly stands?: boolean
}

interface MiniMapProps {
  readonly rows: number
  /** Undefined for a row that is empty. The same function as long as the same is to be drawn. */
  readonly bar: (row: number) => Bar | undefined
  readonly seen: Seen
  readonly onGo: (row: number) => void
}

/** The whole source at a glance. It says nothing that the lines do not say. */
export function MiniMap({ bar, onGo, rows, seen }: MiniMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [height, setHeight] = useState(0)
  const isDark = useDark()
  useEffect(() => {
    const element = canvas.current as HTMLCanvasElement
    const watch = new ResizeObserver(() => setHeight(element.clientHeight))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  useEffect(() => draw(canvas.current as HTMLCanvasElement, { bar, rows }), [bar, rows, height, isDark])
  const step = Math.min(3, height / Math.max(1, rows))
  const go = (event: MouseEvent): void => {
    if (event.buttons === 1) onGo(event.offsetY / step)
  }
  return (
    <div class="mini-map" aria-hidden="true" onMouseDown={go} onMouseMove={go}>
      <canvas ref={canvas} />
      {seen.rows < rows && (
        <div
          class="seen"
          style={{ top: `${seen.first * step}px`, height: `${Math.max(6, seen.rows * step)}px` }}
        />
      )}
    </div>
  )
}

/** The part of a text that a bar is about. */
export function extentOf(text: string, { from, to }: TextLine): Pick<Bar, 'indent' | 'length'> {
  const line = text.slice(from, Math.min(to, from + 200))
  return { indent: line.length - line.trimStart().length, length: line.trim().length }
}

function useDark(): boolean {
  const [isDark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches)
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    const change = (): void => setDark(query.matches)
    query.addEventListener('change', change)
    return () => query.removeEventListener('change', change)
  }, [])
  return isDark
}

function draw(canvas: HTMLCanvasElement, { bar, rows }: Pick<MiniMapProps, 'bar' | 'rows'>): void {
  const { clientHeight, clientWidth } = canvas
  const scale = devicePixelRatio
  canvas.width = clientWidth * scale
  canvas.height = clientHeight * scale
  const context = canvas.getContext('2d')
  if (!context) return
  context.scale(scale, scale)
  const style = getComputedStyle(canvas)
  const step = Math.min(3, clientHeight / Math.max(1, rows))
  const drawBar = (row: number, { colour, indent, length }: Bar, least: number): void => {
    context.fillStyle = style.getPropertyValue(colour)
    const left = 4 + Math.min(indent, 40) * 0.6
    const width = Math.max(4, Math.min(clientWidth - left, length * 0.7))
    context.fillRect(left, row * step, width, Math.max(least, step - 0.6))
  }
  const standing: [row: number, bar: Bar][] = []
  for (let row = 0; row < rows; row++) {
    const one = bar(row)
    if (one?.stands) standing.push([row, one])
    else if (one) drawBar(row, one, 0.6)
  }
  // Above their neighbours, where rows are lower than they are.
  for (const [row, one] of standing) drawBar(row, one, 2)
}
