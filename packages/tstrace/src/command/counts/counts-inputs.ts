import { type Stats, statSync } from 'node:fs'
import { basename, relative, resolve } from 'node:path'
import { type CountsInput, piecesOf, sizeOf } from '@tstrace/results/counts-file'
import { cannotRead } from '@tstrace/results/files'
import { printable } from '@tstrace/results/printable'
import { RECORDING } from '@tstrace/results/recording'

/** What stands for all counts files below a folder. */
const BELOW = '**/*.counts{,.gz,.zst}'

/**
 * The counts files that words of a command line name, each once. A recording that is not named, but found, may be that of
 * a report on the others.
 *
 * @param words files, folders with everything below them, globs
 * @param root absolute path of the folder that they start at
 * @param except absolute path of a file that is none of them unless a word is its name; '' for none
 * @throws TstraceError `TST_CANNOT_READ` for a word that names nothing
 */
export async function countsInputs(
  words: readonly string[],
  root: string,
  except = '',
): Promise<CountsInput[]> {
  const named = new Set(words.map((word) => resolve(root, word)))
  const files = new Set<string>()
  for (const word of words) for (const file of await filesOf(word, root, except)) files.add(file)
  return [...files].map((file) => ({
    name: printable(relative(root, file) || file),
    isCopy: basename(file) === RECORDING && !named.has(file),
    size: () => sizeOf(file),
    pieces: () => piecesOf(file),
  }))
}

async function filesOf(word: string, root: string, except: string): Promise<readonly string[]> {
  const path = resolve(root, word)
  const { refused, stat } = statOf(path)
  if (stat && !stat.isDirectory()) return [path]
  const found = stat ? await search(BELOW, path) : await search(word, root)
  const files = found.filter((file) => file !== except)
  if (files.length > 0) return files.sort()
  const reason = stat
    ? 'no file below this folder (symbolic links aside) has a name that ends with .counts, .counts.gz or .counts.zst'
    : (refused ?? 'there is no such file, and no file matches')
  const advice =
    'Name a counts file that --file or the option `file` has written, a folder of them, or a glob.'
  throw cannotRead(`the counts file ${word}`, reason, advice)
}

/** Nothing for what is not there, nor for what cannot be a file's name: it may be a glob. */
function statOf(path: string): { readonly stat?: Stats; readonly refused?: unknown } {
  try {
    return { stat: statSync(path) }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    return /^(EACCES|EPERM|ELOOP|EIO)$/.test(code) ? { refused: error } : {}
  }
}

async function search(pattern: string, from: string): Promise<readonly string[]> {
  // A glob that leads out of its folder and back would not find what is below that folder.
  const [, start = '', rest = ''] = /^((?:[^/*?[\]{}()!+@\\]*\/)*)(.*)$/s.exec(pattern) ?? []
  const cwd = resolve(from, start)
  // Most words are names.
  const { glob } = await import('tinyglobby')
  const found = await glob([rest], { cwd, absolute: true, dot: true, followSymbolicLinks: false })
  return found.map((file) => resolve(file))
}
