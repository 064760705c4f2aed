import type { TestContext, TestState } from '../results/context.ts'
import { OwnMap } from './own-map.ts'

/*
 * Runs beside the user's tests, as `drain.ts` does: copies of everything used, no method of an array, and texts are put
 * together here, since `JSON.stringify` asks arrays and objects for a `toJSON`.
 */
const { stringify } = JSON

/** An attempt at a test that begins. */
export type BegunTest = Pick<TestContext, 'titles' | 'index' | 'retry' | 'repeat' | 'line'>

/**
 * Follows what is running in a test file. It begins with `import`; while a test is at it that is the context, while several
 * are it is all of them, and between tests it is the hooks of the innermost describe that has begun.
 */
export class RunningContexts<Test extends object> {
  /** Texts of the tests that are at it. */
  readonly #tests = new OwnMap<Test, string>()
  readonly #boundary: () => void
  #between = '["import"]'
  #ended = ''

  /** @param boundary called before the context changes: what was counted until now is to be taken */
  constructor(boundary: () => void) {
    this.#boundary = boundary
  }

  /** The context, as JSON that `readContext` reads. */
  get text(): string {
    if (this.#tests.size === 0) return this.#between
    let texts = ''
    this.#tests.forEach((text) => {
      texts += `${texts && ','}${text}`
    })
    return this.#tests.size === 1 ? texts : `["overlap",[${texts}]]`
  }

  /** Another attempt at a test that is at it takes the place of the one before. */
  begin(test: Test, begun: BegunTest): void {
    this.#boundary()
    this.#tests.set(test, textOf(begun))
  }

  /** Nothing happens for a test that is not at it. */
  end(test: Test, state: TestState): void {
    const text = this.#tests.get(test)
    if (text === undefined) return
    this.#ended += `${this.#ended && ','}[${text},${stringify(state)}]`
    this.#boundary()
    this.#tests.delete(test)
  }

  /** @param titles of the describe whose hooks run between tests from now on, and of those around it */
  between(titles: readonly string[]): void {
    this.#change(`["hooks",${listOf(titles)}]`)
  }

  /** The last test and the last hook have ended. */
  afterTests(): void {
    this.#change('["late"]')
  }

  /** How tests have ended since the last call, as JSON: pairs of context and state. */
  takeEnded(): string {
    const ended = `[${this.#ended}]`
    this.#ended = ''
    return ended
  }

  #change(text: string): void {
    if (text === this.#between) return
    this.#boundary()
    this.#between = text
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
