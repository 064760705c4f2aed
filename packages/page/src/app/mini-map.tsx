import { useEffect, useRef, useState } from 'preact/hooks'
import type { ShownLines } from './folded-lines.ts'
import { heatOf } from './heat.ts'
import type { OpenedSource } from './opened-source.ts'
import type { Seen } from './visible-rows.tsx'

interface MiniMapProps {
  readonly source: OpenedSource
  readonly lines: ShownLines
  readonly most: number
  readonly seen: Seen
  readonly onGo: (row: number) => void
}

/** The whole source at a glance. It says nothing that the lines do not say. */
export function MiniMap({ lines, most, onGo, seen, source }: MiniMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [height, setHeight] = useState(0)
  const isDark = useDark()
  useEffect(() => {
    const element = canvas.current as HTMLCanvasElement
    const watch = new ResizeObserver(() => setHeight(element.clientHeight))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  useEffect(
    () => draw(canvas.current as HTMLCanvasElement, { lines, most, source }),
    [lines, most, source, height, isDark],
  )
  const rows = lines.lines.length
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

function draw(
  canvas: HTMLCanvasElement,
  { lines, most, source }: Pick<MiniMapProps, 'source' | 'lines' | 'most'>,
): void {
  const { clientHeight, clientWidth } = canvas
  const scale = devicePixelRatio
  canvas.width = clientWidth * scale
  canvas.height = clientHeight * scale
  const context = canvas.getContext('2d')
  if (!context) return
  context.scale(scale, scale)
  const style = getComputedStyle(canvas)
  const colours = Array.from({ length: 10 }, (_, level) => style.getPropertyValue(`--h${level}`))
  const [plain, missing] = [style.getPropertyValue('--mini-plain'), style.getPropertyValue('--never')]
  const never = new Set(source.missing)
  const step = Math.min(3, clientHeight / Math.max(1, lines.lines.length))
  for (const [row, line] of lines.lines.entries()) {
    const { from, to } = source.lines[line - 1] as OpenedSource['lines'][number]
    const text = source.text.slice(from, Math.min(to, from + 200))
    const indent = text.length - text.trimStart().length
    const length = text.trim().length
    const count = source.counts.get(line)
    if (length === 0 && count === undefined) continue
    context.fillStyle = never.has(line) ? missing : count ? (colours[heatOf(count, most)] as string) : plain
    const left = 4 + Math.min(indent, 40) * 0.6
    context.fillRect(
      left,
      row * step,
      Math.max(4, Math.min(clientWidth - left, length * 0.7)),
      Math.max(0.6, step - 0.6),
    )
  }
}
