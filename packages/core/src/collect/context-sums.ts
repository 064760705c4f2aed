import { createHash } from 'node:crypto'
import type { Context, OverlapContext, SourceCounts, TestState } from '@tstrace/results'
import type { FunctionPair, RecordedContexts } from '@tstrace/results/internal'
import { ContextCounts, compareContexts, PairCounts } from '@tstrace/results/internal'
import type { CountedEdge } from './counted.ts'
import type { Frame, FrameLabel, FrameSource } from './frame.ts'
import { type FrameEdges, ROW } from './frame-edges.ts'
import type { Numbers } from './narrow-numbers.ts'
import { type BegunTest, OF_PROGRAMS } from './running-contexts.ts'
import { valueAt } from './value-at.ts'

/** What is said of a context by its worker. */
export type Told =
  | readonly ['import']
  | readonly ['late']
  | ToldMember
  | readonly ['overlap', readonly ToldMember[]]

export type ToldMember = readonly ['hooks', BegunTest['titles']] | readonly ['named', name: string] | ToldTest

type ToldTest = readonly [
  'test',
  titles: BegunTest['titles'],
  index: number,
  repeat: number,
  retry: number,
  line: number,
]

/** A test file of a project of the runner; its path is absolute. */
export type TestFilePlace = Pick<FrameLabel, 'project' | 'testFile'>

/** What is known of test files, which have absolute paths here. */
export interface TestFileFacts {
  /** What results call a test file. Default: its absolute path. */
  readonly pathOf?: (testFile: string) => string
  /** Where a test is in its file, if its worker could not say: 1-based, or 0. Default: that is not known. */
  readonly lineOf?: (testFile: string, titles: readonly string[], index: number) => number
}

/** What the numbers stand for; undefined for what nothing is known of. */
interface Meanings extends TestFileFacts {
  /** The entry of the results. */
  readonly sourceOf: (id: string) => SourceCounts | undefined
  readonly pairOf: (edge: number) => FunctionPair | undefined
}

/** A context in one of several runs, the last of which is the current one. */
export interface RunLabel extends Labelled {
  readonly isCurrent: boolean
}

/** Is given what is forgotten. */
interface Forgetting {
  readonly source: (id: string, counts: ReadonlyMap<number, number>) => void
  readonly edge: (edge: number, calls: Pick<CountedEdge, 'calls' | 'resumptions'>) => void
}

/** What has its key from all of this. */
interface Labelled extends FrameLabel {
  /** The number of the run. */
  readonly run: number
}

/** Calls of one frame into functions of one source. */
interface CallsInto {
  readonly sums: PairCounts<number>
  /** In `sums`. */
  readonly places: number[]
  readonly counts: number[]
}

/** Adds up what workers have counted by what was running meanwhile. */
export class ContextSums {
  readonly #sources = new Map<string, ContextCounts>()
  /** By id of the callee's source: edges by their numbers. */
  readonly #pairs = new Map<string, PairCounts<number>>()
  /** Those that hold something for the next frame. */
  readonly #open = new Set<ContextCounts>()
  readonly #labels = new Map<string, Labelled>()
  /** By test file, project and what is told of the test. */
  readonly #states = new Map<string, TestState>()
  /** Imports, by test file and project, of test files that failed before any of their tests ran. */
  readonly #failed = new Set<string>()
  #run = 0

  /** What is added from now on is of another run. */
  beginRun(): void {
    this.#run++
  }

  /** @param numbers of the edges of the frame; negative for those that are left out */
  add({ edges, label: given, sources }: Frame, numbers: Int32Array): void {
    const label = { ...given, run: this.#run }
    const key = keyOf(label)
    this.#note(label, key)
    if (sources.length + numbers.length === 0) return
    this.#labels.set(key, label)
    for (const source of sources) {
      const counts = valueAt(this.#sources, source.id, () => new ContextCounts())
      this.#open.add(counts)
      counts.addSigned(key, signatureOf(source), source)
    }
    if (numbers.length > 0) this.#addCalls(key, edges, numbers)
  }

  /** Says of a test file that it failed before any of its tests ran. */
  noteFailedFile(testFile: TestFilePlace): void {
    const label = { ...testFile, context: JSON.stringify(['import'] satisfies Told), run: this.#run }
    this.#labels.set(keyOf(label), label)
    this.#failed.add(keyOf(label))
  }

  /** Lets go of what is held for the next frames of a worker. */
  close(): void {
    for (const counts of this.#open) counts.close()
    this.#open.clear()
  }

  /** Lets go of what earlier runs counted in some contexts. */
  forget(isForgotten: (label: FrameLabel) => boolean, forgetting: Forgetting): void {
    this.close()
    const gone = new Set<string>()
    for (const [key, label] of this.#labels) if (label.run < this.#run && isForgotten(label)) gone.add(key)
    if (gone.size === 0) return
    for (const [id, counts] of [...this.#sources]) {
      const forgotten = [...counts.contexts()].filter((key) => gone.has(key))
      for (const key of forgotten) forgetting.source(id, counts.of(key))
      if (forgotten.length > 0) keepRest(this.#sources, id, counts.without(gone))
    }
    for (const [calleeId, sums] of [...this.#pairs]) {
      const forgotten = [...sums.counts.contexts()].filter((key) => gone.has(key))
      for (const key of forgotten)
        for (const { pair: edge, ...calls } of sums.in(key)) forgetting.edge(edge, calls)
      if (forgotten.length > 0) keepRest(this.#pairs, calleeId, sums.without(gone))
    }
    for (const key of gone) {
      this.#labels.delete(key)
      this.#states.delete(key)
      this.#failed.delete(key)
    }
  }

  hasSource(id: string): boolean {
    return this.#sources.has(id)
  }

  *runLabels(): Generator<RunLabel> {
    for (const label of this.#labels.values()) yield { ...label, isCurrent: label.run === this.#run }
  }

  /** The test files that have counted something in a source. */
  testFilesOf(id: string): TestFilePlace[] {
    return [...(this.#sources.get(id)?.contexts() ?? [])].flatMap((key) => this.#labels.get(key) ?? [])
  }

  clear(): void {
    this.#open.clear()
    this.#sources.clear()
    this.#pairs.clear()
    this.#labels.clear()
    this.#states.clear()
    this.#failed.clear()
  }

  /** Adds everything to what results know of contexts. */
  addTo(recorded: RecordedContexts, meanings: Meanings): void {
    if (this.#isAllOutside()) return
    const keys = new Map<string, string>()
    for (const [key, label] of this.#labels)
      keys.set(key, recorded.note(this.#contextOf(key, label, meanings)))
    const contextFrom = (key: string): string => keys.get(key) as string
    for (const [id, counts] of this.#sources) {
      const source = meanings.sourceOf(id)
      if (source) recorded.addSourceOf(source, counts, contextFrom)
    }
    for (const { counts, pairs } of this.#pairs.values()) {
      const functions = pairs.map(meanings.pairOf)
      const path = functions.find((pair) => pair)?.callee.path
      if (path !== undefined) recorded.addEdgesOf(path, { counts, pairs: functions }, contextFrom)
    }
  }

  /** Also of tests that ran nothing. */
  #note(label: Labelled, key: string): void {
    const { ended, project, run, state, testFile } = label
    if (state !== undefined) this.#noteEnd(label, key, state)
    if (ended === undefined) return
    for (const [told, state] of JSON.parse(ended) as readonly (readonly [ToldTest, TestState])[]) {
      const other = { project, testFile, context: JSON.stringify(told), run }
      this.#noteEnd(other, keyOf(other), state)
    }
  }

  #noteEnd(label: Labelled, key: string, state: TestState): void {
    this.#labels.set(key, label)
    this.#states.set(key, state)
  }

  #contextOf(ownKey: string, label: Labelled, { lineOf, pathOf }: Meanings): Context {
    const { context, project, testFile } = label
    const place = { project, file: pathOf?.(testFile) ?? testFile }
    if (context === undefined) return { kind: 'file', ...place }
    const told = JSON.parse(context) as Told
    if (told[0] === 'late') return { kind: told[0], ...place }
    if (told[0] === 'import')
      return { kind: told[0], ...place, ...(this.#failed.has(ownKey) && { state: 'failed' }) }
    const memberOf = (member: ToldMember, key: string): OverlapContext['members'][number] => {
      if (member[0] === 'named') return { kind: 'named', name: member[1] }
      if (member[0] === 'hooks') return { kind: 'hooks', ...place, titles: member[1] }
      const [kind, titles, index, repeat, retry, toldLine] = member
      const line = toldLine || (lineOf?.(testFile, titles, index) ?? 0)
      const state = this.#states.get(key) ?? 'unfinished'
      return { kind, project, file: place.file, titles, index, repeat, retry, line, state }
    }
    if (told[0] !== 'overlap') return memberOf(told, ownKey)
    const keyOfMember = (member: ToldMember): string => keyOf({ ...label, context: JSON.stringify(member) })
    const members = told[1].map((member) => memberOf(member, keyOfMember(member)))
    return { kind: 'overlap', members: members.sort(compareContexts) }
  }

  #addCalls(context: string, { ids, rows }: FrameEdges, numbers: Int32Array): void {
    /** By the place of the callee's id. */
    const bySource = new Map<number, CallsInto>()
    for (let row = 0, at = 0; row < numbers.length; row++, at += ROW) {
      const edge = numbers[row] as number
      if (edge < 0) continue
      const id = rows[at + 2] as number
      const { counts, places, sums } = valueAt(bySource, id, () => this.#callsInto(ids[id - 1] as string))
      const place = sums.placeOf(edge)
      places.push(place)
      counts.push(rows[at + 4] as number)
      const resumptions = rows[at + 5] as number
      if (resumptions === 0) continue
      places.push(place + 1)
      counts.push(resumptions)
    }
    for (const { counts, places, sums } of bySource.values())
      sums.counts.addInAnyOrder(context, { counts, places })
  }

  #callsInto(id: string): CallsInto {
    const sums = valueAt(this.#pairs, id, () => new PairCounts<number>((edge) => edge))
    this.#open.add(sums.counts)
    return { sums, places: [], counts: [] }
  }

  /** A program that names no context has none. */
  #isAllOutside(): boolean {
    return [...this.#labels.values()].every(({ context }) => context === OF_PROGRAMS.first)
  }
}

/** Another for other counts of one source. */
function signatureOf({ counts, places }: FrameSource): string {
  const { BYTES_PER_ELEMENT: width, byteLength } = counts
  return `${width} ${byteLength} ${places?.byteLength ?? -1} ${bytesOf(counts)}${places ? bytesOf(places) : ''}`
}

/** Of most tests a source has few counts, and to hash those takes longer than to compare them. */
const MOST_BYTES = 128

function bytesOf(numbers: Numbers): string {
  const { buffer, byteLength, byteOffset } = numbers
  if (byteLength > MOST_BYTES) return createHash('sha1').update(numbers).digest('base64')
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
}

/** Names may have anything in them. */
function keyOf({ context = '', project, run, testFile }: Labelled): string {
  return `${run} ${project.length} ${testFile.length} ${project}${testFile}${context}`
}

/** What is empty is not kept. */
function keepRest<Sums extends ContextCounts | PairCounts<number>>(
  all: Map<string, Sums>,
  id: string,
  rest: Sums,
): void {
  const counts = rest instanceof PairCounts ? rest.counts : (rest as ContextCounts)
  const [first] = counts.contexts()
  if (first === undefined) all.delete(id)
  else all.set(id, rest)
}
