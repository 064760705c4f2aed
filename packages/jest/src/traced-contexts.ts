import type { ProjectConfig, TestContext } from './jest-versions.ts'
import { entryOptionsOf, type Trace, wrapConfig } from './wrapped-config.ts'

/** The projects of a run whose configurations have been replaced. */
export class TracedContexts {
  readonly #originals = new Map<TestContext, ProjectConfig>()
  readonly #obstacles = new Map<TestContext, string>()

  /** The projects' own configurations: those so far, whenever it is looked at. */
  readonly configs: Iterable<ProjectConfig> = { [Symbol.iterator]: () => this.#originals.values() }

  /** One sentence for each project that is not traced. */
  get problems(): readonly string[] {
    return [...this.#obstacles.values()]
  }

  /** Jest reads the configuration of a test's context right after it has announced the test's file. */
  wrap(context: TestContext, trace: Trace): void {
    if (this.#originals.has(context) || this.#obstacles.has(context) || entryOptionsOf(context.config)) return
    const original = context.config
    try {
      context.config = wrapConfig(original, trace)
      this.#originals.set(context, original)
    } catch {
      this.#obstacles.set(context, obstacle(original))
    }
  }

  /** Puts the projects' own configurations back: Jest reads them again when the tests are over. */
  restore(): void {
    for (const [context, original] of this.#originals) context.config = original
  }
}

function obstacle({ displayName, runner }: ProjectConfig): string {
  const project = displayName ? `The project "${displayName.name}"` : 'This project'
  return `${project} has a runner that does not use Jest's runtime (${runner}) and is not traced.`
}
