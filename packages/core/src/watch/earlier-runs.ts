import { existsSync } from 'node:fs'
import { digest } from '@tstrace/instrument'
import { absolutePath, pathFromRoot } from '@tstrace/instrument/source-file'
import { readSource } from '@tstrace/results/files'
import { codePointOrder } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import type { Collector } from '../collect/collector.ts'
import type { TestFilePlace } from '../collect/context-sums.ts'
import type { FrameLabel } from '../collect/frame.ts'
import { isReplaced, type RerunTests, type Titles, titlesOf } from './replaced-contexts.ts'

/** A test file that has run. */
export interface RanTestFile extends TestFilePlace {
  /** Its tests that a filter by name or place has left out of this run, not of every run. Default: none. */
  readonly leftOut?: readonly Titles[]
}

/**
 * Keeps what earlier runs counted for as long as one fresh run of everything would count it again: a test file that ran
 * again, or is gone, has nothing of its earlier runs, and no text of a source is reported that has changed since.
 */
export class EarlierRuns {
  readonly #root: string
  readonly #collector: Collector
  readonly #sharesModules: boolean
  /** Hash of the text of each test file when it last ran, by its key. */
  readonly #tested = new Map<string, string>()
  /** Hash of what was on disk when a source was last counted, by its id. */
  readonly #onDisk = new Map<string, string>()
  /** Test files of which only a part is kept. */
  readonly #parts = new Map<string, TestFilePlace>()
  readonly #outdated = new Map<string, string>()

  /**
   * @param root absolute path of the project root
   * @param collector of runs
   * @param sharesModules whether test files that run in one process share the modules they load
   */
  constructor(root: string, collector: Collector, sharesModules = false) {
    this.#root = root
    this.#collector = collector
    this.#sharesModules = sharesModules
  }

  /** The current run has ended: what is left of the earlier ones is what it has not counted again. */
  settle(ran: readonly RanTestFile[]): void {
    const tests = this.#testsOf(ran)
    const isThere = remembered(existsSync)
    this.#collector.forget(({ context, ...place }) => {
      const own = tests.get(keyOf(place))
      return !isThere(place.testFile) || (own !== undefined && isReplaced(context, own))
    })
    for (const [key, { testFile }] of this.#parts) if (!isThere(testFile)) this.#parts.delete(key)
    this.#noteParts(ran)
    this.#noteSources()
  }

  /** Why the counts of a source are left out, as a sentence; undefined where they are not. */
  outdated(id: string): string | undefined {
    return this.#outdated.get(id)
  }

  /** What somebody should know of the report, one sentence each. */
  get remarks(): string[] {
    const runs = new Set([...this.#collector.labels()].map(({ run }) => run))
    const isMixed = this.#sharesModules && runs.size > 1
    const names = this.#namesOf([...this.#parts.values()])
    if (names.length === 0) return isMixed ? [SHARED] : []
    const which = names.length === 1 ? 'that file' : 'those files'
    return [
      ...(isMixed ? [SHARED] : []),
      `The report has only what some tests of ${listed(names)} ran, which a filter by name or place has chosen: run all of ` +
        `${which} again to have the rest. With \`contexts: 'test'\` the numbers of tests that are left out stay.`,
    ]
  }

  #testsOf(ran: readonly RanTestFile[]): Map<string, RerunTests> {
    const tests = new Map<string, { ran: Titles[]; leftOut: readonly Titles[] }>()
    for (const place of ran) {
      const key = keyOf(place)
      const hash = hashOf(place.testFile)
      // What tests counted that read otherwise now is no part of a fresh run.
      const isSame = this.#tested.get(key) === hash
      this.#tested.set(key, hash)
      tests.set(key, { ran: [], leftOut: isSame ? (place.leftOut ?? []) : [] })
    }
    for (const { isCurrent, ...label } of this.#collector.labels()) {
      const titles = isCurrent ? titlesOf(label.context) : undefined
      if (titles) tests.get(keyOf(label))?.ran.push(titles)
    }
    return tests
  }

  /** A part is what lacks a test that was left out. */
  #noteParts(ran: readonly RanTestFile[]): void {
    const kept = new Map<string, Set<string>>()
    for (const label of this.#collector.labels()) {
      const titles = titlesOf(label.context)
      const key = keyOf(label)
      if (titles) kept.set(key, (kept.get(key) ?? new Set()).add(JSON.stringify(titles)))
    }
    for (const { leftOut = [], project, testFile } of ran) {
      const key = keyOf({ project, testFile })
      if (leftOut.every((titles) => kept.get(key)?.has(JSON.stringify(titles)))) this.#parts.delete(key)
      else this.#parts.set(key, { project, testFile })
    }
  }

  #noteSources(): void {
    this.#outdated.clear()
    const known = new Set<string>()
    for (const { id, isCurrent, path } of this.#collector.sources()) {
      known.add(id)
      const hash = hashOf(absolutePath(this.#root, path))
      if (isCurrent) this.#onDisk.set(id, hash)
      else if (this.#onDisk.get(id) !== hash) this.#outdated.set(id, this.#outdatedSource(id, path, hash))
    }
    for (const id of this.#onDisk.keys()) if (!known.has(id)) this.#onDisk.delete(id)
  }

  #outdatedSource(id: string, path: string, hash: string): string {
    const names = this.#namesOf(this.#collector.testFilesOf(id))
    return (
      `${printable(path)} ${hash === '' ? 'is gone' : 'has changed'}, and tests of ${listed(names)} have not run since: ` +
      'what they ran of it is not in the report until then.'
    )
  }

  #namesOf(places: readonly TestFilePlace[]): string[] {
    const names = places.map(({ testFile }) => printable(pathFromRoot(this.#root, testFile)))
    return [...new Set(names)].sort(codePointOrder)
  }
}

const SHARED =
  'Test files share modules (`isolate: false`), and not all of them ran last: what runs when a module is loaded is counted once ' +
  'for each run in which it was loaded. Run all tests again for the numbers of one run.'

/** Names in one sentence; of more there is only the number. */
const NAMED = 5

function listed(names: readonly string[]): string {
  if (names.length > NAMED) return `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join()
}

function keyOf({ project, testFile }: Pick<FrameLabel, 'project' | 'testFile'>): string {
  return JSON.stringify([project, testFile])
}

/** '' where there is no such file. */
function hashOf(path: string): string {
  try {
    return digest(readSource(path))
  } catch {
    return ''
  }
}

function remembered(ask: (text: string) => boolean): (text: string) => boolean {
  const answers = new Map<string, boolean>()
  return (text) => {
    const answer = answers.get(text) ?? ask(text)
    answers.set(text, answer)
    return answer
  }
}
