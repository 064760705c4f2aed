import type { TestContext, TestState } from '@tstrace/results'
import type { FrameLabel } from './frame.ts'
import { OwnMap } from './own-map.ts'

/*
 * Runs beside the user's tests, as `drain.ts` does: copies of everything used, no method of an array, and texts are put
 * together here, since `JSON.stringify` asks arrays and objects for a `toJSON`.
 */
const { stringify } = JSON

/** What is told of what runs while nothing is at it, as JSON. */
interface Outside {
  /** Until something has begun. */
  readonly first: string
  readonly afterwards: string
}

const OF_TEST_FILES: Outside = { first: '["import"]', afterwards: '["late"]' }

const OUTSIDE = '["named",""]'

/** Of a program that names its contexts itself. */
export const OF_PROGRAMS: Outside = { first: OUTSIDE, afterwards: OUTSIDE }

/** An attempt at a test that begins. */
export type BegunTest = Pick<TestContext, 'titles' | 'index' | 'retry' | 'repeat' | 'line'>

/** What is told of what was counted until now, as a frame's label has it. */
export type ToldContext = Pick<FrameLabel, 'context' | 'ended' | 'state'>

interface Running {
  /** What is told of it, as JSON. */
  text: string
  readonly parent: object | undefined
  /** How many of what is below it are at it. */
  below: number
}

/**
 * Follows what is running in a test file: the tests that are at it, and the describes that are at it while none of theirs
 * is, in their hooks. Where there are several, the context is all of them.
 */
export class RunningContexts {
  /** Tests and describes. */
  readonly #running = new OwnMap<object, Running>()
  readonly #boundary: () => void
  readonly #outside: Outside
  #idle: string
  /** The test that ended last: mostly nothing else is at it, and what is told next is told of it. */
  #latest: { readonly text: string; readonly state: TestState } | undefined
  #ended = ''

  /** @param boundary called before the context changes: what was counted until now is to be taken */
  constructor(boundary: () => void, outside: Outside = OF_TEST_FILES) {
    this.#boundary = boundary
    this.#outside = outside
    this.#idle = outside.first
  }

  /** The context, as JSON. */
  get text(): string {
    let texts = ''
    let told: OwnMap<string, true> | undefined
    this.#running.forEach(({ below, text }) => {
      // Mostly there is one; of the same name there may be many.
      if (below > 0 || text === texts || told?.has(text)) return
      if (texts === '') {
        texts = text
        return
      }
      if (!told) {
        told = new OwnMap()
        told.set(texts, true)
      }
      told.set(text, true)
      texts += `,${text}`
    })
    if (texts === '') return this.#idle
    return told ? `["overlap",[${texts}]]` : texts
  }

  /**
   * A describe, or the whole file, begins.
   *
   * @param titles its own and those of the describes around it, outermost first
   * @param parent the describe around it
   */
  beginHooks(describe: object, titles: readonly string[], parent?: object): void {
    this.#begin(describe, `["hooks",${listOf(titles)}]`, parent)
  }

  /**
   * What a program names begins.
   *
   * @param what as often as it runs, another
   * @param parent what it began in
   */
  beginNamed(what: object, name: string, parent?: object): void {
    this.#begin(what, `["named",${stringify(name)}]`, parent)
  }

  /** An attempt at a test begins. Another one takes the place of the one before. */
  beginTest(test: object, begun: BegunTest, parent?: object): void {
    this.#begin(test, textOf(begun), parent)
  }

  /** An attempt at a test ends. Nothing happens for a test that is not at it. */
  endTest(test: object, state: TestState): void {
    const running = this.#running.get(test)
    if (!running) return
    this.#tellLatest()
    this.#latest = { text: running.text, state }
    this.end(test)
  }

  /** A describe, or what a program names, ends. Nothing happens for what is not at it. */
  end(what: object): void {
    const running = this.#running.get(what)
    if (!running) return
    this.#boundary()
    this.#running.delete(what)
    this.#count(running.parent, -1)
  }

  /** What is running, and how tests have ended since the last call. */
  take(): ToldContext {
    const context = this.text
    const state = this.#latest?.text === context ? this.#latest.state : undefined
    if (state === undefined) this.#tellLatest()
    const ended = this.#ended === '' ? undefined : `[${this.#ended}]`
    this.#latest = undefined
    this.#ended = ''
    return { context, ended, state }
  }

  #tellLatest(): void {
    if (!this.#latest) return
    const { state, text } = this.#latest
    this.#ended += `${this.#ended && ','}[${text},${stringify(state)}]`
    this.#latest = undefined
  }

  #begin(what: object, text: string, parent: object | undefined): void {
    const known = this.#running.get(what)
    if (known?.text === text) return
    this.#boundary()
    this.#idle = this.#outside.afterwards
    if (known) known.text = text
    else {
      this.#running.set(what, { text, parent, below: 0 })
      this.#count(parent, 1)
    }
  }

  #count(parent: object | undefined, change: number): void {
    const running = parent && this.#running.get(parent)
    if (running) running.below += change
  }
}

function textOf({ index, line, repeat, retry, titles }: BegunTest): string {
  return `["test",${listOf(titles)},${index},${repeat},${retry},${line}]`
}

function listOf(titles: readonly string[]): string {
  let text = ''
  for (let at = 0; at < titles.length; at++) text += (at === 0 ? '' : ',') + stringify(titles[at] as string)
  return `[${text}]`
}
