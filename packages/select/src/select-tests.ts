import { isAbsolute } from 'node:path'
import { messageOf } from '@tstrace/results/errors'
import { codePointOrder } from '@tstrace/results/internal'
import type { Change } from './change.ts'
import { type RanChanged, type RanFunction, ranOfChanged } from './changed-sources.ts'
import { meaningOf } from './classify-path.ts'
import type { Evidence, EvidencePart } from './evidence.ts'
import { ranModules } from './ran-modules.ts'
import { namedAsTests, type TestFile, testFileKey } from './test-file.ts'

/** Why a test file has to run. */
export type Reason =
  /** It was changed itself. */
  | { readonly kind: 'changed' }
  /** Nobody knows whether it was changed: git ignores it. */
  | { readonly kind: 'unseen' }
  /** No recording has it. */
  | { readonly kind: 'unrecorded' }
  /** It ran nothing that was counted: what it depends on, nobody knows. */
  | { readonly kind: 'uncounted' }
  /** One of its tests failed, or did not end, when it was recorded. */
  | { readonly kind: 'failed' }
  /** Its snapshots were changed. */
  | { readonly kind: 'snapshot'; readonly path: string }
  /** It ran a function that is another now. */
  | ({ readonly kind: 'function' } & RanFunction)
  /** It loaded a source of which something outside of functions is another now, or that is gone. */
  | { readonly kind: 'module'; readonly path: string; readonly isGone: boolean }

export interface SelectedFile extends TestFile {
  /** The strongest first. */
  readonly reasons: readonly Reason[]
}

/** Which test files a change needs. */
export interface Selection {
  /** Why every test file has to run, as sentences; then nothing is selected. None where what is selected is enough. */
  readonly everything: readonly string[]
  /** The likeliest to fail first: what was changed itself, then by how much of what was changed they ran. */
  readonly selected: readonly SelectedFile[]
  /** Test files that need not run. */
  readonly skipped: readonly TestFile[]
}

/** What is asked. */
export interface Asked {
  readonly evidence: Evidence
  readonly change: Change
  /** Version of Node by which the tests would run. */
  readonly node: string
  /** Says of a file that no test has to do with it. Sources that were recorded, and test files, are asked about all the same. */
  readonly isUnrelated?: (path: string) => boolean
  /** Projects of which the runner says that their test files share modules; a recording shows it, too, if they share a function. */
  readonly sharing?: readonly string[]
  /** Test files that would run, where the runner has said so; what is not among them is left out. */
  readonly testFiles?: readonly TestFile[]
}

/** Which test files a change needs, by what was recorded of them. */
export function selectTests(asked: Asked): Selection {
  const selecting = new Selecting(asked)
  return selecting.selection()
}

class Selecting {
  readonly #asked: Asked
  readonly #everything = new Set<string>()
  readonly #reasons = new Map<string, Reason[]>()
  readonly #known = new Map<string, TestFile>()
  /** Keys of the test files with a path, of whatever projects. */
  readonly #keys = new Map<string, string[]>()
  readonly #failed = new Set<string>()

  constructor(asked: Asked) {
    this.#asked = asked
    for (const { failed, testFiles } of asked.evidence.parts) {
      for (const testFile of testFiles.values()) this.#note(testFile)
      for (const key of failed) this.#failed.add(key)
    }
  }

  selection(): Selection {
    const { change, evidence } = this.#asked
    if (change.unknown !== undefined) this.#everything.add(`${change.unknown}.`)
    if (this.#known.size === 0)
      for (const why of [...evidence.refused, 'No recording says what any test file ran.'])
        this.#everything.add(why)
    const parts = evidence.parts.filter(({ testFiles }) => testFiles.size > 0)
    for (const part of parts) this.#judgeRuns(part)
    if (this.#everything.size === 0) for (const part of parts) this.#judgeChanges(part)
    this.#judgeFiles()
    const everything = [...this.#everything]
    if (everything.length > 0) return { everything, selected: [], skipped: [] }
    return { everything, ...this.#sorted() }
  }

  /** Whether a recording can be relied on. */
  #judgeRuns({ name, recording }: EvidencePart): void {
    const { change, node } = this.#asked
    for (const run of recording.runs) {
      if (run.losses !== '') this.#everything.add(`${name} is not whole: ${run.losses}`)
      if (major(run.node) !== major(node))
        this.#everything.add(`${name} was recorded by Node.js ${run.node}, and this is ${node}.`)
      if (run.commit === '' && change.files !== undefined)
        this.#everything.add(`${name} does not say of which commit it is.`)
    }
  }

  #judgeChanges(part: EvidencePart): void {
    const { change } = this.#asked
    const sources = new Set(part.recording.versions().map(({ path }) => path))
    const changed = new Set(change.paths)
    for (const commit of new Set(part.recording.runs.map((run) => run.commit))) {
      if (commit === '') continue
      try {
        for (const path of change.since(commit)) changed.add(path)
      } catch (error) {
        this.#everything.add(
          `${part.name} was recorded at ${commit.slice(0, 12)}, which is not here: ${messageOf(error)}.`,
        )
        return
      }
    }
    this.#judgePaths(
      part,
      [...changed].filter((path) => !sources.has(path)),
    )
    const inQuestion = new Set<string>()
    const ran = ranOfChanged(part, change, (path) => inQuestion.add(path))
    for (const [key, what] of ran) this.#addAll(key, reasonsOf(what))
    if (inQuestion.size > 0) this.#judgeModules(part, [...inQuestion])
  }

  /** Files that were changed and are no sources of a recording. */
  #judgePaths(part: EvidencePart, paths: readonly string[]): void {
    const { change, isUnrelated = () => false } = this.#asked
    const isTest = namedAsTests([...this.#known.values()])
    for (const path of paths) {
      const own = this.#of(path)
      for (const key of own)
        if (part.testFiles.has(key) || change.paths.has(path)) this.#add(key, { kind: 'changed' })
      if (own.length > 0 || isUnrelated(path) || this.#isListed(path) || isTest(path)) continue
      const meaning = meaningOf(path)
      if (meaning.kind === 'snapshot')
        for (const key of this.#of(meaning.testFile)) this.#add(key, { kind: 'snapshot', path })
      else {
        const since = change.paths.has(path) ? '' : ` since ${part.name} was recorded`
        this.#everything.add(`${path} was changed${since}, and ${meaning.why}.`)
      }
    }
  }

  /** Where modules are shared, no one knows who depends on what, and nobody what a test file depends on that ran none of them. */
  #judgeModules(part: EvidencePart, paths: readonly string[]): void {
    const { sharing, testFiles } = ranModules(part)
    for (const key of part.testFiles.keys()) if (!testFiles.has(key)) this.#add(key, { kind: 'uncounted' })
    for (const project of new Set([...(this.#asked.sharing ?? []), ...sharing])) {
      const whose = project === '' ? 'Test files' : `Test files of ${project}`
      const what = paths.length === 1 ? paths[0] : `${paths[0]} and ${paths.length - 1} more`
      this.#everything.add(`${whose} share modules (isolate: false), and ${what} was changed.`)
    }
  }

  /** Test files that no recording has, and those that failed. */
  #judgeFiles(): void {
    const { change, isUnrelated = () => false, testFiles } = this.#asked
    if (testFiles) for (const testFile of testFiles) this.#judgeUnknown(testFile)
    else {
      const known = [...this.#known.values()]
      const isTest = namedAsTests(known)
      // Beside the project are those of other projects, unless it has some there.
      const isInside = known.some(({ file }) => isOutside(file))
        ? () => true
        : (file: string) => !isOutside(file)
      const paths = new Set([...(change.files ?? []), ...change.paths].filter(isInside))
      for (const file of paths) {
        if (!isTest(file) || isUnrelated(file) || this.#of(file).length > 0) continue
        if (change.isThere(file)) this.#judgeUnknown({ project: '', file })
      }
    }
    for (const key of this.#failed) this.#add(key, { kind: 'failed' })
    for (const [key, { file }] of this.#known)
      if (change.isThere(file) && !change.isSeen(file)) this.#add(key, { kind: 'unseen' })
  }

  #judgeUnknown(testFile: TestFile): void {
    const key = testFileKey(testFile)
    if (this.#known.has(key)) return
    this.#note(testFile)
    this.#add(key, { kind: 'unrecorded' })
  }

  #note(testFile: TestFile): void {
    const key = testFileKey(testFile)
    this.#known.set(key, testFile)
    const places = new Set([testFile.file, this.#asked.change.realPath(testFile.file)])
    for (const place of places) this.#keys.set(place, [...this.#of(place), key])
  }

  #of(path: string): readonly string[] {
    return this.#keys.get(path) ?? []
  }

  #isListed(path: string): boolean {
    return this.#asked.testFiles?.some(({ file }) => file === path) ?? false
  }

  #add(key: string, reason: Reason): void {
    this.#addAll(key, [reason])
  }

  #addAll(key: string, more: readonly Reason[]): void {
    const known = this.#reasons.get(key) ?? []
    this.#reasons.set(key, [
      ...known,
      ...more.filter((reason) => !known.some((other) => isSame(other, reason))),
    ])
  }

  #sorted(): Pick<Selection, 'selected' | 'skipped'> {
    const { change, testFiles } = this.#asked
    const listed = testFiles && new Set(testFiles.map(testFileKey))
    const there = [...this.#known].filter(([key, { file }]) =>
      listed ? listed.has(key) : change.isThere(file),
    )
    const selected = there.flatMap(([key, testFile]): SelectedFile[] => {
      const reasons = this.#reasons.get(key)
      return reasons ? [{ ...testFile, reasons: reasons.toSorted(byStrength) }] : []
    })
    return {
      selected: selected.sort(byLikelihood),
      skipped: there
        .flatMap(([key, testFile]) => (this.#reasons.has(key) ? [] : [testFile]))
        .sort((a, b) => codePointOrder(a.file, b.file) || codePointOrder(a.project, b.project)),
    }
  }
}

function isOutside(path: string): boolean {
  return path.startsWith('../') || isAbsolute(path)
}

function major(version: string): string {
  return version.replace(/^v/, '').split('.', 1)[0] ?? ''
}

function reasonsOf({ functions, modules }: RanChanged): Reason[] {
  return [
    ...[...modules].map(([path, isGone]): Reason => ({ kind: 'module', path, isGone })),
    ...[...functions.values()].map((ran): Reason => ({ kind: 'function', ...ran })),
  ]
}

const STRENGTHS: readonly Reason['kind'][] = [
  'changed',
  'unseen',
  'unrecorded',
  'uncounted',
  'failed',
  'snapshot',
  'function',
  'module',
]

function byStrength(a: Reason, b: Reason): number {
  return (
    STRENGTHS.indexOf(a.kind) - STRENGTHS.indexOf(b.kind) ||
    callsOf(b) - callsOf(a) ||
    codePointOrder(JSON.stringify(a), JSON.stringify(b))
  )
}

function callsOf(reason: Reason): number {
  return reason.kind === 'function' ? reason.calls : 0
}

/** Who ran more functions that were changed is likelier to fail; of equals who called them more often. */
function byLikelihood(a: SelectedFile, b: SelectedFile): number {
  const [firstOfA, firstOfB] = [a.reasons[0] as Reason, b.reasons[0] as Reason]
  const calls = ({ reasons }: SelectedFile): number =>
    reasons.reduce((sum, reason) => sum + callsOf(reason), 0)
  return (
    STRENGTHS.indexOf(firstOfA.kind) - STRENGTHS.indexOf(firstOfB.kind) ||
    b.reasons.length - a.reasons.length ||
    calls(b) - calls(a) ||
    codePointOrder(a.file, b.file) ||
    codePointOrder(a.project, b.project)
  )
}

function isSame(a: Reason, b: Reason): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
