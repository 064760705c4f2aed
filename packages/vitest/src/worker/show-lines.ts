import { type ShownTestFile, TestLines } from '@tstrace/core/live'
import type { LiveFile, RuntimeState } from '@tstrace/instrument/runtime'
import type { WorkerOrders } from './worker-orders.ts'

export { TestLines }

/** What is loaded where lines are asked for: bundled into a file of its own. */
export interface LinesBesideTests {
  readonly showLines: typeof showLines
  /** For lines that ran elsewhere. */
  readonly TestLines: typeof TestLines
}

interface LinesInput {
  readonly orders: NonNullable<WorkerOrders['trace']>
  readonly testFile: ShownTestFile
  /** Is told in a sentence where lines cannot be shown. */
  readonly onProblem: (problem: string) => void
}

/** In whose trace lines are shown now: modules that several test files share show theirs where the running one has its own. */
let running: TestLines

/** Shows the lines that run from now on in a realm. */
export function showLines(state: RuntimeState, { onProblem, orders, testFile }: LinesInput): TestLines {
  const lines = new TestLines(orders, testFile, { onProblem })
  running = lines
  state.live = (path) => {
    let whose = lines
    let file = whose.live(path)
    const current = (): LiveFile => {
      if (whose !== running) {
        whose = running
        file = whose.live(path)
      }
      return file
    }
    return { line: (line) => current().line(line), enter: (name) => current().enter(name) }
  }
  return lines
}
