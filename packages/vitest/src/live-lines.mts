import { TestLines } from '@tstrace/core/worker'
import { installState, type LiveFile, stateOf } from '@tstrace/instrument/runtime'

/** What a test has of its name. */
export interface NamedTask {
  readonly name: string
  readonly suite?: NamedTask
}

/** In whose trace lines are shown now. */
interface Sink {
  lines: TestLines
}

const KEY = Symbol.for('tstrace.live')
const realm: { [KEY]?: Sink } & NodeJS.Process = process

/** Shows the lines that run from now on; arguments as of `TestLines`. */
export function showLines(...given: ConstructorParameters<typeof TestLines>): TestLines {
  const lines = new TestLines(...given)
  // Modules that several test files share show their lines where the running one has its own.
  const sink = realm[KEY] ?? { lines }
  sink.lines = lines
  Object.defineProperty(realm, KEY, { value: sink, configurable: true, writable: true })
  const state = stateOf(globalThis) ?? installState(globalThis)
  state.live = (path) => {
    let whose = lines
    let file = whose.live(path)
    const current = (): LiveFile => {
      if (whose !== sink.lines) {
        whose = sink.lines
        file = whose.live(path)
      }
      return file
    }
    return { line: (line) => current().line(line), enter: (name) => current().enter(name) }
  }
  return lines
}

/** The names of the blocks around a test, then its own. */
export function namesOf({ name, suite }: NamedTask): readonly string[] {
  return suite?.name ? [...namesOf(suite), name] : [name]
}
