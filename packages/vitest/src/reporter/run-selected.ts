import { resolve } from 'node:path'
import type { TstraceOptions } from '@tstrace/core'
import { pathFromRoot } from '@tstrace/instrument/source-file'
import { sentenceOf } from '@tstrace/results/errors'
import { complaint } from '@tstrace/results/printable'
import { noteShadow, type Selection, selectForRun, selectionText, testFileKey } from '@tstrace/select'
import {
  type Sequencer,
  sharesModules,
  type TestModule,
  type TestSpecification,
  type Vitest,
} from '../vitest-versions.ts'

/** Lets run what a change needs: the runner's sequencer says which test files run, in which order. */
export class RunSelected {
  readonly #vitest: Vitest
  readonly #options: TstraceOptions
  readonly #folder: string
  #selection: Selection | undefined
  /** A watching Vitest goes on, and knows itself what an edit needs. */
  #isOver = false

  constructor(vitest: Vitest, options: TstraceOptions) {
    this.#vitest = vitest
    this.#options = options
    this.#folder = resolve(vitest.config.root, options.coverdir)
    const { sequence } = vitest.config
    const Theirs = sequence?.sequencer
    if (sequence && Theirs) sequence.sequencer = this.#around(Theirs)
  }

  /** Whether a test file does not run. */
  isSkipped({ moduleId, project }: TestSpecification): boolean {
    if (this.#options.selectMode !== 'only' || !this.#selection || this.#isOver) return false
    const key = testFileKey({ project: project.name, file: this.#path(moduleId) })
    return this.#selection.skipped.some((testFile) => testFileKey(testFile) === key)
  }

  /** @returns what is to be said when all have run, as sentences */
  end(): string[] {
    const { select, selectMode } = this.#options
    const isFirst = !this.#isOver
    this.#isOver = true
    if (!this.#selection || !isFirst || selectMode !== 'shadow') return []
    try {
      const failed = (this.#vitest.state?.getTestModules?.() ?? [])
        .filter((module) => module.state() === 'failed')
        .map((module) => this.#testFileOf(module))
      return noteShadow(this.#folder, { failed, selection: this.#selection, since: select })
    } catch (error) {
      return [sentenceOf(error)]
    }
  }

  #around(Theirs: new (vitest: Vitest) => Sequencer): new (vitest: Vitest) => Sequencer {
    const select = (specifications: TestSpecification[]): TestSpecification[] =>
      this.#selected(specifications)
    return class extends Theirs {
      override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
        return select(await super.sort(specifications))
      }
    }
  }

  #selected(specifications: TestSpecification[]): TestSpecification[] {
    if (this.#isOver) return specifications
    const { root } = this.#vitest.config
    const { select: since, selectMode, unrelated } = this.#options
    const places = new Map(specifications.map((one) => [testFileKey(this.#testFileOf(one)), one]))
    const testFiles = specifications.map((one) => this.#testFileOf(one))
    const sharing = this.#vitest.projects.filter(sharesModules).map(({ name }) => name)
    const selection = selected({ root, folder: this.#folder, sharing, since, unrelated }, testFiles)
    this.#selection = selection
    for (const line of selectionText(selection)) this.#vitest.logger.error(complaint(line))
    if (selection.everything.length > 0) return specifications
    const first = selection.selected.flatMap((testFile) => places.get(testFileKey(testFile)) ?? [])
    // Nothing to run is no failure here.
    if (selectMode === 'only' && first.length === 0) this.#vitest.config.passWithNoTests = true
    if (selectMode === 'only') return first
    return [...first, ...specifications.filter((one) => !first.includes(one))]
  }

  #testFileOf({ moduleId, project }: Pick<TestModule, 'moduleId' | 'project'>): {
    project: string
    file: string
  } {
    return { project: project.name, file: this.#path(moduleId) }
  }

  #path(moduleId: string): string {
    return pathFromRoot(this.#vitest.config.root, resolve(moduleId))
  }
}

/** Whatever goes wrong, everything runs. */
function selected(...asked: Parameters<typeof selectForRun>): Selection {
  try {
    return selectForRun(...asked)
  } catch (error) {
    return { everything: [sentenceOf(error)], selected: [], skipped: [] }
  }
}
