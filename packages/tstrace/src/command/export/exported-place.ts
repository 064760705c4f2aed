import { appendFileSync, closeSync, openSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { problemsOfWriting } from '@tstrace/core/adapter'
import type { TstraceError } from '@tstrace/results/errors'
import { cannotWrite } from '@tstrace/results/files'
import { printable } from '@tstrace/results/printable'
import { type OutputFile, resolveTarget } from '@tstrace/results/writing'

/** Where exported files go. */
export interface ExportedPlace {
  /** What is said when all of them are there; '' where that would stand among them. */
  readonly said: string
  /** @returns what cannot be written */
  write(files: readonly OutputFile[]): readonly TstraceError[]
}

/** What a user has said of a place. */
interface NamedPlace {
  /** As given, from `root`. */
  readonly output: string
  readonly root: string
  /** Whether there are to be several files, of which some may not have been made. */
  readonly isSeveral: boolean
}

/**
 * The place that a user has named: a file, a folder where there are several files or the name is that of one, or something else
 * that can be written to, as a pipe or `/dev/stdout`.
 *
 * @throws TstraceError `TST_CANNOT_WRITE`
 */
export function exportedPlace(
  files: readonly OutputFile[],
  { isSeveral, output, root }: NamedPlace,
): ExportedPlace {
  const path = resolve(root, output)
  const there = statSync(path, { throwIfNoEntry: false })
  const isFolder =
    isSeveral ||
    files.length !== 1 ||
    output.endsWith('/') ||
    output.endsWith(sep) ||
    there?.isDirectory() === true
  if (isFolder) return folderPlace(files, path, root)
  if (there && !there.isFile()) return streamPlace(path)
  const target = resolveTarget(path)
  return {
    said: saidOf(relative(root, path)),
    write: ([only]) => (only ? problemsOfWriting(dirname(target), [renamed(only, basename(target))]) : []),
  }
}

/** A folder that takes all of them under their own names. */
export function folderPlace(files: readonly OutputFile[], folder: string, root: string): ExportedPlace {
  const names = files.map(({ path }) => path)
  const shown = relative(root, folder) || '.'
  return {
    said: saidOf(names.length === 1 ? join(shown, ...names) : `${shown}/: ${names.join(', ')}`),
    write: (those) => problemsOfWriting(folder, those),
  }
}

/** What is no file is written to as it is: to put a file in its place would take it away from everybody else. */
function streamPlace(path: string): ExportedPlace {
  return {
    said: '',
    write(files) {
      try {
        for (const { text } of files) append(path, text)
        return []
      } catch (error) {
        return [cannotWrite(path, error)]
      }
    },
  }
}

function append(path: string, text: OutputFile['text']): void {
  const descriptor = openSync(path, 'a')
  try {
    for (const piece of typeof text === 'string' ? [text] : text) appendFileSync(descriptor, piece)
  } finally {
    closeSync(descriptor)
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

function saidOf(where: string): string {
  return `Written to ${printable(where)}\n`
}
