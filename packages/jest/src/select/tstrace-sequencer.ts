import { resolve } from 'node:path'
import type { TstraceOptions } from '@tstrace/core'
import { resolveOptions } from '@tstrace/core/adapter'
import { sentenceOf } from '@tstrace/results/errors'
import { complaint } from '@tstrace/results/printable'
import type { Selection } from '@tstrace/select'
import type { GlobalConfig, RunResults, Test } from '../jest-versions.ts'
import { configFolder, projectRoot } from '../reporter/project-root.ts'
import { type JestSequencer, ownSequencer } from './base-sequencer.ts'
import { chosenNow, noteChosen, testFileOf } from './chosen.ts'

/** Lets run what a change needs, the likeliest to fail first, where `TSTRACE` or `tstrace.config.*` have the option `select`. */
export class TstraceSequencer implements JestSequencer {
  readonly #theirs: JestSequencer
  readonly #config: Pick<GlobalConfig, 'rootDir'> | undefined

  /** @param given from Jest, since 30 */
  constructor(given?: { readonly globalConfig?: GlobalConfig }) {
    this.#theirs = ownSequencer(given)
    this.#config = given?.globalConfig
  }

  async sort(tests: readonly Test[]): Promise<readonly Test[]> {
    const sorted = await this.#theirs.sort(tests)
    const [first] = sorted
    // A watching Jest goes on, and knows itself what an edit needs.
    if (!first || chosenNow()) return sorted
    const { config } = first.context
    const root = projectRoot(this.#config ?? config, config)
    try {
      const options = await this.#options(this.#config ?? config)
      return options.select === '' ? sorted : await select(sorted, root, options)
    } catch (error) {
      say([sentenceOf(error)])
      return sorted
    }
  }

  shard(...asked: Parameters<JestSequencer['shard']>): ReturnType<JestSequencer['shard']> {
    return this.#theirs.shard(...asked)
  }

  allFailedTests(tests: readonly Test[]): ReturnType<JestSequencer['allFailedTests']> {
    return this.#theirs.allFailedTests(tests)
  }

  cacheResults(tests: readonly Test[], results: RunResults): void {
    this.#theirs.cacheResults(tests, results)
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

async function select(
  tests: readonly Test[],
  root: string,
  options: TstraceOptions,
): Promise<readonly Test[]> {
  // Few runs need it.
  const { selectForRun, selectionText, testFileKey } = await import('@tstrace/select')
  const { coverdir, select: since, selectMode, unrelated } = options
  const byKey = new Map(tests.map((test) => [testFileKey(testFileOf(root, test)), test]))
  const asked = { root, folder: resolve(root, coverdir), sharing: [], since, unrelated }
  const selection = selectedBy(() =>
    selectForRun(
      asked,
      tests.map((test) => testFileOf(root, test)),
    ),
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
function selectedBy(select: () => Selection): Selection {
  try {
    return select()
  } catch (error) {
    return { everything: [sentenceOf(error)], selected: [], skipped: [] }
  }
}

/** Jest prints its results there. */
function say(sentences: readonly string[]): void {
  for (const sentence of sentences) process.stderr.write(`${complaint(sentence)}\n`)
}
