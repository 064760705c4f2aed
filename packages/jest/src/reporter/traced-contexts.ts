import type { StartedTest } from '@tstrace/core/adapter'
import { entryOptionsOf, type Trace, wrapConfig } from '../config/wrapped-config.ts'
import type { ProjectConfig, Test, TestContext } from '../jest-versions.ts'

/** Jest's own, which always uses Jest's runtime. */
const JEST_RUNNER = /[\\/]jest-runner[\\/]build[\\/]/

/** The projects of a run whose configurations have been replaced. */
export class TracedContexts {
  readonly #originals = new Map<TestContext, ProjectConfig>()
  readonly #tests = new Map<TestContext, string[]>()

  /** The projects' own configurations, in this run and those before: those so far, whenever it is looked at. */
  readonly configs: Set<ProjectConfig> = new Set()

  /** Another run begins: Jest may have made other contexts of the same configurations. */
  begin(): void {
    this.#originals.clear()
    this.#tests.clear()
  }

  /**
   * One sentence for each project whose tests ran without us: runners need not use Jest's runtime.
   * @param heardOf Paths of the test files that did not.
   */
  problems(heardOf: ReadonlySet<string>): readonly string[] {
    return [...this.#tests].flatMap(([{ config }, tests]) =>
      this.#isTraced(tests, config.runner, heardOf) ? [] : [obstacle(config)],
    )
  }

  /**
   * What Jest has started; a project of which nothing was heard is traced if it has Jest's own runner.
   * @param heardOf Paths of the test files that ran with us.
   */
  started(heardOf: ReadonlySet<string>): StartedTest[] {
    return [...this.#tests].flatMap(([context, tests]) => {
      const { displayName, runner } = context.config
      const isTraced = this.#isTraced(tests, runner, heardOf)
      return tests.map((testFile) => ({ testFile, project: displayName?.name ?? '', isTraced }))
    })
  }

  #isTraced(tests: readonly string[], runner: string, heardOf: ReadonlySet<string>): boolean {
    return JEST_RUNNER.test(runner) || tests.some((test) => heardOf.has(test))
  }

  /** Jest reads the configuration of a test's context right after it has announced the test's file. */
  wrap({ context, path }: Test, trace: Trace): void {
    this.#tests.set(context, [...(this.#tests.get(context) ?? []), path])
    if (this.#originals.has(context) || entryOptionsOf(context.config)) return
    const original = context.config
    const wrapped = wrapConfig(original, trace)
    if (!wrapped) return
    this.#originals.set(context, original)
    this.configs.add(original)
    context.config = wrapped
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
