import { type HierarchyRectangularNode, hierarchy, treemap } from 'd3-hierarchy'
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { number, percent, shown } from './format.ts'
import { heatOf, levelOfShare } from './heat.ts'
import type { ListedSource } from './recorded-page.ts'
import { toSource } from './route.ts'
import { type Folder, folderOf, onlyFolder } from './source-rows.ts'

interface TreeMapProps {
  readonly sources: readonly ListedSource[]
  readonly colour: 'heat' | 'missing'
  /** The number of the hottest line there is. */
  readonly most: number
}

interface Place {
  readonly name: string
  readonly source?: ListedSource
  readonly children?: readonly Place[]
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Each source as a rectangle as large as its lines are many. The list says the same to those who do not see it. */
export function TreeMap({ colour, most, sources }: TreeMapProps) {
  const element = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const measured = element.current as HTMLDivElement
    const measure = (): void => setSize({ width: measured.clientWidth, height: measured.clientHeight })
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(measured)
    return () => watch.disconnect()
  }, [])
  const nodes = useMemo(() => placed(sources, size), [sources, size])
  return (
    <div class="tree-map" ref={element} aria-hidden="true">
      <svg aria-hidden="true" width={size.width} height={size.height}>
        {nodes.map((node) =>
          node.data.source ? (
            <SourceTile
              key={node.data.source.label}
              node={node}
              source={node.data.source}
              colour={colour}
              most={most}
            />
          ) : (
            <FolderTile key={pathOf(node)} node={node} />
          ),
        )}
      </svg>
    </div>
  )
}

type Node = HierarchyRectangularNode<Place>

/** Of the head of a folder. */
const HEAD = 15

function placed(sources: readonly ListedSource[], { height, width }: Size): readonly Node[] {
  if (width === 0 || height === 0 || sources.length === 0) return []
  const root = hierarchy<Place>(placeOf(onlyFolder(folderOf(sources)), ''))
    .sum(({ source }) => (source ? Math.max(1, source.lines) : 0))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  const layout = treemap<Place>()
    .size([width, height])
    .paddingInner(1)
    .paddingTop((node) => (node.depth > 0 && hasHead(node) ? HEAD : 0))
    .round(true)
  return layout(root)
    .descendants()
    .filter((node) => node.data.source || (node.depth > 0 && hasHead(node)))
}

/** Whether there is room for the name of a folder above what is in it. */
function hasHead({ children, x0, x1, y0, y1 }: Node): boolean {
  return children !== undefined && x1 - x0 > 50 && y1 - y0 > 40
}

function placeOf(folder: Folder, start: string): Place {
  const folders = [...folder.folders.values()].map((given) => {
    const inner = onlyFolder(given)
    return placeOf(inner, folder.key)
  })
  const sources = folder.sources.map(
    (source): Place => ({ name: source.label.slice(folder.key.length), source }),
  )
  return { name: folder.key.slice(start.length), children: [...folders, ...sources] }
}

function pathOf(node: Node): string {
  return node
    .ancestors()
    .map(({ data }) => data.name)
    .join('\n')
}

function FolderTile({ node: { data, x0, x1, y0 } }: { readonly node: Node }) {
  return (
    <text class="folder-name" x={x0 + 3} y={y0 + 11}>
      {fitting(shown(data.name), x1 - x0 - 6)}
    </text>
  )
}

interface SourceTileProps {
  readonly node: Node
  readonly source: ListedSource
  readonly colour: TreeMapProps['colour']
  readonly most: number
}

function SourceTile({ colour, most, node: { data, x0, x1, y0, y1 }, source }: SourceTileProps) {
  const { hottest, label, lines, missing } = source
  const kind =
    colour === 'heat' ? `h${heatOf(hottest, most)}` : `m${levelOfShare(lines === 0 ? 0 : missing / lines)}`
  const [width, height] = [x1 - x0, y1 - y0]
  const words = `${shown(label)}\n${number(lines)} lines, ${percent(lines - missing, lines)} ran, hottest ${number(hottest)}`
  return (
    <a href={toSource(label)} tabindex={-1} class={kind}>
      <rect class={kind} x={x0} y={y0} width={width} height={height} />
      {width > 34 && height > 13 && (
        <text x={x0 + 3} y={y0 + 11}>
          {fitting(shown(data.name), width - 6)}
        </text>
      )}
      <title>{words}</title>
    </a>
  )
}

/** Of a character, in pixels, at the size of the map's texts. */
const CHARACTER = 6.1

function fitting(text: string, width: number): string {
  const most = Math.floor(width / CHARACTER)
  return text.length <= most ? text : most < 3 ? '' : `${text.slice(0, most - 1)}…`
}
