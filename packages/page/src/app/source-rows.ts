import type { SourceNumbers } from '../page-data.ts'
import type { ListedSource } from './recorded-page.ts'

/** By what sources are sorted. */
export type Column = 'name' | 'lines' | 'missing' | 'hottest' | 'calls' | 'count'

export interface Order {
  readonly by: Column
  readonly isDown: boolean
}

/** A row of the list of sources: one of them, or a folder with the numbers of all that is in it. */
export interface SourceRow extends SourceNumbers {
  /** Of a folder its path with `/` at its end. */
  readonly key: string
  readonly name: string
  readonly depth: number
  /** Undefined for a folder. */
  readonly source?: ListedSource
  readonly isOpen?: boolean
}

/** Sources in one list. */
export function flatRows(sources: readonly ListedSource[], order: Order): SourceRow[] {
  return sources.map((source) => rowOf(source, source.label, 0)).sort(comparing(order))
}

/**
 * Sources in their folders.
 *
 * @param isOpen says by its key, and how deep it is, whether what is in a folder is shown
 */
export function treeRows(
  sources: readonly ListedSource[],
  order: Order,
  isOpen: (key: string, depth: number) => boolean,
): SourceRow[] {
  const compare = comparing(order)
  const rows: SourceRow[] = []
  const add = (folder: Folder, depth: number): void => {
    const inside: (SourceRow & { readonly folder?: Folder })[] = [
      ...[...folder.folders.values()].map((given) => {
        const inner = onlyFolder(given)
        const isShown = isOpen(inner.key, depth)
        return {
          ...numbersOf(inner),
          key: inner.key,
          name: nameIn(inner, folder),
          depth,
          isOpen: isShown,
          folder: inner,
        }
      }),
      ...folder.sources.map((source) => rowOf(source, source.label.slice(folder.key.length), depth)),
    ]
    for (const { folder: inner, ...row } of inside.sort(compare)) {
      rows.push(row)
      if (inner && row.isOpen) add(inner, depth + 1)
    }
  }
  add(folderOf(sources), 0)
  return rows
}

export interface Folder {
  /** Its path with `/` at its end; '' for the root. */
  readonly key: string
  readonly folders: Map<string, Folder>
  readonly sources: ListedSource[]
}

/** The folders of sources, as a tree. */
export function folderOf(sources: readonly ListedSource[]): Folder {
  const root: Folder = { key: '', folders: new Map(), sources: [] }
  for (const source of sources) {
    let folder = root
    for (const { 0: part } of source.label.matchAll(/[^/]*\//g)) {
      const inner = folder.folders.get(part) ?? { key: folder.key + part, folders: new Map(), sources: [] }
      folder.folders.set(part, inner)
      folder = inner
    }
    folder.sources.push(source)
  }
  return root
}

/** Folders that have nothing but one folder are one row with it. */
export function onlyFolder(folder: Folder): Folder {
  const [only, ...others] = folder.folders.values()
  return only && others.length === 0 && folder.sources.length === 0 ? onlyFolder(only) : folder
}

function nameIn({ key }: Folder, { key: start }: Folder): string {
  return key.slice(start.length)
}

function rowOf(source: ListedSource, name: string, depth: number): SourceRow {
  return { ...source, key: source.label, name, depth, source }
}

function numbersOf(folder: Folder): SourceNumbers {
  const inside: SourceNumbers[] = [...folder.sources, ...[...folder.folders.values()].map(numbersOf)]
  const sum = (of: (one: SourceNumbers) => number): number => inside.reduce((all, one) => all + of(one), 0)
  return {
    lines: sum(({ lines }) => lines),
    missing: sum(({ missing }) => missing),
    hottest: inside.reduce((most, one) => Math.max(most, one.hottest), 0),
    hottestLine: 0,
    calls: sum(({ calls }) => calls),
    count: sum(({ count }) => count),
  }
}

function comparing({ by, isDown }: Order): (a: SourceRow, b: SourceRow) => number {
  const sign = isDown ? -1 : 1
  const byName = (a: SourceRow, b: SourceRow): number =>
    Number(b.source === undefined) - Number(a.source === undefined) || a.name.localeCompare(b.name, 'en')
  if (by === 'name') return (a, b) => sign * byName(a, b)
  return (a, b) => sign * (a[by] - b[by]) || byName(a, b)
}
