import { Mappings } from '../instrument/mappings.ts'
import { FlatMap, NOTHING } from './flat-map.ts'
import type { RawMap } from './line-map.ts'

/** Shared by all who combine maps, each of whom is done before the next one begins. */
const outerMap = new FlatMap()
const innerMap = new FlatMap()

/**
 * Mappings that are led through a map, place by place, as `@jridgewell/remapping` does it: what leads to nothing is left out,
 * and so is a segment that says what the one in front of it on its line says. Places have to come in order; they are 0-based.
 */
export class TracedMappings {
  /** What they are led through. */
  readonly inner: FlatMap = innerMap
  readonly #mappings = new Mappings()
  readonly #map: RawMap
  readonly #names = new Map<string, number>()
  #line = 0
  #isFirst = true
  #isMapped = false
  /** Where the segment in front, on the same line, leads. */
  #originLine = NOTHING
  #originColumn = 0
  #name = NOTHING

  /** @param map the one that has been read into `inner` */
  private constructor(map: RawMap) {
    this.#map = map
  }

  /** Undefined for a map that is not as compilers write them, or has several sources. */
  static through(map: RawMap): TracedMappings | undefined {
    return isPlain(map) && innerMap.read(map.mappings) ? new TracedMappings(map) : undefined
  }

  /**
   * @param found the segment of `inner` that speaks of the place; `NOTHING` where there is none
   * @param name what is kept where that one has no name
   */
  add({ line, column }: MappedPlace, found: number, name = ''): void {
    const { inner } = this
    const originLine = found === NOTHING ? NOTHING : (inner.originLines[found] as number)
    if (originLine === NOTHING) {
      if (found !== NOTHING) this.addUnmapped({ line, column })
      return
    }
    const originColumn = inner.originColumns[found] as number
    const own = inner.names[found] as number
    const index = this.#indexOf(own === NOTHING ? name : (this.#map.names?.[own] ?? ''))
    const isSame =
      this.#goesOn(line) &&
      originLine === this.#originLine &&
      originColumn === this.#originColumn &&
      index === this.#name
    if (isSame) return
    for (; this.#line < line; this.#line++) this.#mappings.endLine()
    this.#mappings.add(column, originLine, originColumn)
    if (index !== NOTHING) this.#mappings.name(index)
    this.#isFirst = false
    this.#isMapped = true
    this.#originLine = originLine
    this.#originColumn = originColumn
    this.#name = index
  }

  addUnmapped({ line, column }: MappedPlace): void {
    if (!this.#goesOn(line) || this.#originLine === NOTHING) return
    this.#mappings.addUnmapped(column)
    this.#originLine = NOTHING
  }

  finish(): RawMap {
    const { sources, sourcesContent } = this.#map
    return {
      version: 3,
      names: [...this.#names.keys()],
      sources: this.#isMapped ? [...sources] : [],
      sourcesContent: this.#isMapped ? [sourcesContent?.[0] ?? null] : [],
      mappings: this.#mappings.finish(),
    }
  }

  /** Whether a segment on the line has another one in front of it. */
  #goesOn(line: number): boolean {
    return line === this.#line && !this.#isFirst
  }

  #indexOf(name: string): number {
    if (name === '') return NOTHING
    const index = this.#names.get(name) ?? this.#names.size
    this.#names.set(name, index)
    return index
  }
}

/** In the text that results. */
export interface MappedPlace {
  readonly line: number
  readonly column: number
}

/** Whether a map has one source, and nothing that would have to be kept beside it. */
function isPlain(map: RawMap): boolean {
  const { sourceRoot = '', ignoreList = [] } = map as { sourceRoot?: string; ignoreList?: readonly number[] }
  return (
    map.sources.length === 1 && typeof map.sources[0] === 'string' && !sourceRoot && ignoreList.length === 0
  )
}

/** The first map, then the second, which lead to one source each; undefined where they are others. */
export function throughBoth(outer: RawMap, inner: RawMap): RawMap | undefined {
  if (outer.sources.length !== 1 || !outerMap.read(outer.mappings)) return undefined
  const traced = TracedMappings.through(inner)
  if (!traced) return undefined
  const { columns, names, originColumns, originLines, starts } = outerMap
  const place = { line: 0, column: 0 }
  for (; place.line < outerMap.lines; place.line++) {
    const end = starts[place.line + 1] as number
    for (let at = starts[place.line] as number; at < end; at++) {
      place.column = columns[at] as number
      const originLine = originLines[at] as number
      if (originLine === NOTHING) traced.addUnmapped(place)
      else {
        const found = traced.inner.find(originLine, originColumns[at] as number)
        const name = names[at] as number
        traced.add(place, found, name === NOTHING ? '' : outer.names?.[name])
      }
    }
  }
  return traced.finish()
}
