import { basename, dirname } from 'node:path'
import { leadsOut } from '@tstrace/instrument/source-file'
import type { OutputFile } from '@tstrace/results/writing'

export interface BesideOptions {
  /** Paths, from the root, of the sources that are to have listings. */
  readonly sources: Iterable<string>
  /** Says of a source outside the root whether its listing may be written beside it. */
  readonly mayStand: (path: string) => boolean
}

export interface PlacedFiles {
  /** For the root: listings mirror the sources, so that those of its sources stand beside them there. */
  readonly inside: readonly OutputFile[]
  /** For the folders of sources outside the root, by folder, as a path from the root. */
  readonly outside: ReadonlyMap<string, readonly OutputFile[]>
  /** The sources outside the root beside which nothing may be written. */
  readonly refused: readonly string[]
}

/** Divides the files of reports among the folders of the sources whose listings they are. */
export function placeBeside(files: readonly OutputFile[], { mayStand, sources }: BesideOptions): PlacedFiles {
  const outside = new Map<string, OutputFile[]>()
  for (const file of files) {
    const { listingOf = '' } = file
    if (!leadsOut(listingOf) || !mayStand(listingOf)) continue
    const folder = dirname(listingOf)
    const there = outside.get(folder) ?? []
    outside.set(folder, there)
    there.push(renamed(file, basename(file.path)))
  }
  return {
    inside: files.filter(({ listingOf = '' }) => !leadsOut(listingOf)),
    outside,
    refused: [...new Set(sources)].filter((path) => leadsOut(path) && !mayStand(path)),
  }
}

function renamed(file: OutputFile, path: string): OutputFile {
  return {
    path,
    get text() {
      return file.text
    },
  }
}
