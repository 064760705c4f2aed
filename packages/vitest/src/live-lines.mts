import type { TestLines } from '@tstrace/core/worker'
import type { LiveFile, RuntimeState } from '@tstrace/instrument/runtime'

/** What a test has of its name. */
export interface NamedTask {
  readonly name: string
  readonly suite?: NamedTask
}

/** In whose trace lines are shown now: modules that several test files share show theirs where the running one has its own. */
let running: TestLines

/** Has the modules of a realm show their lines in a trace from now on. */
export function showLines(state: RuntimeState, lines: TestLines): void {
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
}

/** The names of the blocks around a test, then its own. */
export function namesOf({ name, suite }: NamedTask): readonly string[] {
  return suite?.name ? [...namesOf(suite), name] : [name]
}
