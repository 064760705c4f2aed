import { createRequire } from 'node:module'
import type { TracedRun } from '@tstrace/core/adapter'
import type { TestLines } from '@tstrace/core/live'
import type { BrowserCommand } from '../vitest-versions.ts'
import type { LinesBesideTests } from '../worker/show-lines.ts'
import type { PageMessage } from './page-message.ts'
import { ReplayedLines } from './replay-lines.ts'

/** A test file whose lines are shown. */
interface ShownPage {
  readonly lines: TestLines
  readonly replayed: ReplayedLines
}

/** Takes what pages send, as if it came from a worker. */
export class PageMessages {
  readonly #run: TracedRun
  readonly #onProblem: (problem: string) => void
  /** By project and test file. */
  readonly #shown = new Map<string, ShownPage>()

  /** @param onProblem is told in a sentence where lines cannot be shown */
  constructor(run: TracedRun, onProblem: (problem: string) => void) {
    this.#run = run
    this.#onProblem = onProblem
  }

  /** What pages call. Nothing that goes wrong here may fail a test. */
  readonly command: BrowserCommand = ({ project, testPath: testFile }, given) => {
    const { frames, isEnd, lines } = (given ?? {}) as Partial<PageMessage>
    if (typeof frames !== 'string' || typeof testFile !== 'string') return
    const label = { testFile, project: project.name }
    const bytes = frames.split(',').map((frame) => Buffer.from(frame, 'base64'))
    this.#run.intake.takeSent(label, Buffer.concat(bytes), isEnd === true)
    if (lines) this.#show(label, lines)
  }

  /** No more is shown of this run. */
  close(): void {
    for (const { lines } of this.#shown.values()) lines.close()
    this.#shown.clear()
  }

  #show(label: { readonly testFile: string; readonly project: string }, rows: string): void {
    const key = JSON.stringify(label)
    const shown = this.#shown.get(key) ?? this.#begin(label)
    if (!shown) return
    this.#shown.set(key, shown)
    shown.replayed.show(rows, shown.lines)
    shown.lines.flush()
  }

  #begin(label: { readonly testFile: string; readonly project: string }): ShownPage | undefined {
    const { lines: orders } = this.#run
    if (!orders) return undefined
    const load = createRequire(import.meta.url)
    const { TestLines }: LinesBesideTests = load('./show-lines.cjs')
    const replayed = new ReplayedLines()
    const lines = new TestLines(orders, label, {
      onProblem: this.#onProblem,
      seconds: () => replayed.seconds,
    })
    return { lines, replayed }
  }
}
