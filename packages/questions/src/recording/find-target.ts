import { nearestName } from '@tstrace/core/options'
import type { SourceVersion } from '@tstrace/results'
import { TstraceError } from '@tstrace/results/errors'
import type { Wanted } from '@tstrace/results/recording'
import { testFiles } from './attempts.ts'
import { linesOfAddress } from './lines-of-address.ts'
import { linesOfText } from './lines-of-text.ts'
import type { Recording } from './recording.ts'
import { type FunctionTarget, isInFolder, type Target } from './target.ts'
import { textOf } from './text-of.ts'

/**
 * What a user means by `src/a.ts`, `src/a.ts:42`, `src/a.ts:10-40`, a folder, `parse`, `src/a.ts:parse`. A column behind a
 * line, as stack traces have it, makes no difference.
 *
 * @throws TstraceError `TST_TARGET_UNKNOWN` for what the recording does not have, with the nearest that it has;
 * `TST_TARGET_AMBIGUOUS` for the name of several functions; `TST_SEVERAL_VERSIONS` as `textOf`
 */
export function findTarget(recording: Recording, word: string): Target {
  const plain = linesOfAddress(word.replaceAll('\\', '/').replace(/^(?:\.\/)+/, ''))
  const paths = pathsIn(recording)
  if (paths.has(plain)) return { kind: 'file', ...textOf(recording, plain) }
  const folder = plain.replace(/\/+$/, '')
  if (folder === '.' || folder === '') return { kind: 'folder', path: '' }
  if ([...paths].some((path) => isInFolder(folder, path))) return { kind: 'folder', path: folder }
  return (
    linesAt(recording, plain) ??
    functionNamed(recording, { word, plain }) ??
    unknown(recording, { word, plain })
  )
}

function pathsIn({ versions }: Recording): ReadonlySet<string> {
  return new Set(versions().map(({ path }) => path))
}

interface Meant {
  /** As typed. */
  readonly word: string
  /** A path in it as recordings have it. */
  readonly plain: string
}

function linesAt(recording: Recording, plain: string): Target | undefined {
  const [, path = '', first = '', last] = /^(.+?):(\d+)(?:-(\d+)|:\d+)?$/.exec(plain) ?? []
  if (!pathsIn(recording).has(path)) return undefined
  const version = textOf(recording, path)
  const [from, to] = [Number(first), Number(last ?? first)]
  const end = lastLine(recording, version)
  const [least, most] = [Math.min(from, to), Math.max(from, to)]
  if (least > 0 && least <= end) return { kind: 'lines', ...version, from: least, to: Math.min(most, end) }
  const typed = least === from ? first : last
  const message = `${path} has no line ${typed}: the text that ran has ${end}, from 1 up.`
  throw new TstraceError('TST_TARGET_UNKNOWN', message)
}

/** Where the recording has no text, it had at least as many lines as its functions. */
function lastLine(recording: Recording, version: SourceVersion): number {
  const text = recording.text(version)
  if (text !== undefined) return linesOfText(text.replace(/\n$/, '')).length
  const { hash, path } = version
  const results = recording.results({ path: (other) => other === path, calls: false })
  const source = results.sources().find((other) => other.path === path && other.hash === hash)
  return Math.max(1, ...(source?.sites.functions ?? []).map(({ end }) => end.line))
}

function functionNamed(recording: Recording, { plain, word }: Meant): FunctionTarget | undefined {
  const found = [...functionsIn(recording, plain), ...functionsCalled(recording, word)]
  const [only, ...others] = found
  if (others.length === 0) return only
  const known = found.slice(0, SEVERAL).map(({ name, path }) => `${path}:${name}`)
  const more = found.length > SEVERAL ? `, and ${found.length - SEVERAL} more` : ''
  const message = `${found.length} functions are called "${word}": ${known.join(', ')}${more}. Say which, with its file.`
  throw new TstraceError('TST_TARGET_AMBIGUOUS', message)
}

const SEVERAL = 5

/** Those whose file is named, too. */
function functionsIn(recording: Recording, plain: string): readonly FunctionTarget[] {
  const isNamed = (path: string): boolean => startsOf(path).some((start) => plain.startsWith(start))
  if (![...pathsIn(recording)].some(isNamed)) return []
  return functionsOf(recording, { path: isNamed }).filter(({ name, path }) =>
    startsOf(path).some((start) => `${start}${name}` === plain),
  )
}

function functionsCalled(recording: Recording, word: string): readonly FunctionTarget[] {
  return functionsOf(recording, { mentions: JSON.stringify(word) }).filter(({ name }) => name === word)
}

/** What stands in front of a function of a file: in lists of functions its module, with its extension where that is needed. */
function startsOf(path: string): readonly string[] {
  const dotted = path.replaceAll('/', '.').replace(/^\.+/, '')
  return [`${path}:`, `${dotted}.`, `${dotted.replace(/(?<=[^.])\.[^.]*$/, '')}.`]
}

function functionsOf(recording: Recording, wanted: Pick<Wanted, 'path' | 'mentions'> = {}): FunctionTarget[] {
  const results = recording.results({ ...wanted, calls: false })
  const read = results.versions()
  return read.flatMap((text, at) => {
    const { hash, path } = text
    const hasOthers = read[at - 1]?.path === path || read[at + 1]?.path === path
    if (hasOthers && textOf(recording, path).hash !== hash) return []
    return results
      .functions(path, hash)
      .map(({ line, name }): FunctionTarget => ({ kind: 'function', ...text, name, line }))
  })
}

function unknown(recording: Recording, { plain, word }: Meant): never {
  const [, place = plain, lines = ''] = /^(.+?)(:[\d:-]+)$/.exec(plain) ?? []
  refuseTestFile(recording, place, lines)
  const functions = lines === '' ? functionsOf(recording) : []
  const message = `Nothing in ${recording.file} is called "${word}": no source, no folder, no function.`
  const inside = functions.filter(({ name }) => name.startsWith(`${plain}.`))
  if (inside.length > 0) {
    const named = inside.slice(0, SEVERAL).map(({ name }) => name)
    const more = inside.length > SEVERAL ? `, and ${inside.length - SEVERAL} more` : ''
    throw new TstraceError(
      'TST_TARGET_UNKNOWN',
      `${message} Functions in it are: ${named.join(', ')}${more}.`,
    )
  }
  const near =
    functions.find(({ name }) => name.endsWith(`.${plain}`))?.name ??
    nearestName(place, [...pathsIn(recording), ...functions.flatMap(namesOf)])
  const advice =
    near && near !== place
      ? `Did you mean "${near}${lines}"?`
      : 'Name a source, a line as src/a.ts:4, a function, or a folder.'
  throw new TstraceError('TST_TARGET_UNKNOWN', `${message} ${advice}`)
}

/** Test files are seldom counted themselves. */
function refuseTestFile({ contexts, file }: Recording, path: string, lines: string): void {
  if (!testFiles(contexts()).has(path)) return
  const message = `${path} is a test file, and its own lines are not counted in ${file}.`
  throw new TstraceError(
    'TST_TARGET_UNKNOWN',
    `${message} What its tests run: tstrace ran ${path}${lines.includes('-') ? '' : lines}`,
  )
}

function namesOf({ name, path }: FunctionTarget): readonly string[] {
  return [name, `${path}:${name}`]
}
