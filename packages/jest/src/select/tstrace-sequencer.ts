import { resolve } from 'node:path'
import type { TstraceOptions } from '@tstrace/core'
import { resolveOptions } from '@tstrace/core/adapter'
import { sentenceOf } from '@tstrace/results/errors'
import { complaint } from '@tstrace/results/printable'
import { type Selection, selectForRun, selectionText, type TestFile, testFileKey } from '@tstrace/select'
import type { GlobalConfig, Test } from '../jest-versions.ts'
import { configFolder, projectRoot } from '../reporter/project-root.ts'
import { BaseSequencer } from './base-sequencer.ts'
import { chosenNow, noteChosen, testFileOf } from './chosen.ts'

/** Lets run what a change needs, the likeliest to fail first, where `TSTRACE` or `tstrace.config.*` have the option `select`. */
export class TstraceSequencer extends BaseSequencer {
  readonly #config: Pick<GlobalConfig, 'rootDir'> | undefined

  /** @param given from Jest, since 30 */
  constructor(given?: { readonly globalConfig?: GlobalConfig }) {
    super(given)
    this.#config = given?.globalConfig
  }

  override async sort(tests: readonly Test[]): Promise<readonly Test[]> {
    const sorted = await super.sort(tests)
    const [first] = sorted
    // A watching Jest goes on, and knows itself what an edit needs.
    if (!first || chosenNow()) return sorted
    const { config } = first.context
    const root = projectRoot(this.#config ?? config, config)
    try {
      const options = await this.#options(this.#config ?? config)
      return options.select === '' ? sorted : select(sorted, root, options)
    } catch (error) {
      say([sentenceOf(error)])
      return sorted
    }
  }

  #options(config: Pick<GlobalConfig, 'rootDir'>): Promise<TstraceOptions> {
    return resolveOptions({
      given: {},
      givenWhere: 'the options of tstrace',
      environment: process.env.TSTRACE,
      root: configFolder(config),
    })
  }
}

function select(tests: readonly Test[], root: string, options: TstraceOptions): readonly Test[] {
  const { coverdir, select: since, selectMode, unrelated } = options
  const byKey = new Map(tests.map((test) => [testFileKey(testFileOf(root, test)), test]))
  const selection = selected(
    { root, folder: resolve(root, coverdir), sharing: [], since, unrelated },
    tests.map((test) => testFileOf(root, test)),
  )
  noteChosen({ selection, options, root })
  say(selectionText(selection))
  if (selection.everything.length > 0) return tests
  const first = selection.selected.flatMap((testFile) => byKey.get(testFileKey(testFile)) ?? [])
  if (selectMode !== 'only') return [...first, ...tests.filter((test) => !first.includes(test))]
  if (first.length === 0)
    say(['Jest takes it for a failure that no test runs, unless it is told `--passWithNoTests`.'])
  return first
}

/** Whatever goes wrong, everything runs. */
function selected(asked: Parameters<typeof selectForRun>[0], testFiles: readonly TestFile[]): Selection {
  try {
    return selectForRun(asked, testFiles)
  } catch (error) {
    return { everything: [sentenceOf(error)], selected: [], skipped: [] }
  }
}

/** Jest prints its results there. */
function say(sentences: readonly string[]): void {
  for (const sentence of sentences) process.stderr.write(`${complaint(sentence)}\n`)
}
