import { AsyncLocalStorage } from 'node:async_hooks'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type * as Core from '@tstrace/core'
import type { TracedFiles } from '@tstrace/core'
import type { Inserted } from './combine-maps.ts'
import type { ProjectConfig } from './jest-versions.ts'
import { testFilesOf } from './test-files.ts'
import { noteTrouble } from './trouble.ts'
import type { Trace } from './wrapped-config.ts'

/** A file with counters. */
export interface CountedFile {
  /** What a compiler of the user's gets. */
  readonly body: string
  /** What has to stand behind what the compiler makes of it. */
  readonly helper: string
  /** From `body` to the text on disk. */
  readonly inserted: Inserted
  /** Relative to the project root, with `/`. */
  readonly name: string
}

/** Loaded with the first file that no cache of Jest's has: most runs need none of it. */
const core = (): typeof Core => require('@tstrace/core')
const require = createRequire(import.meta.url)

/**
 * The parser starts a timer, and a timer keeps the context it was started in: that of the running test, when a test
 * imports the file, and with it all that the test file has loaded.
 */
const outsideOfTests = AsyncLocalStorage.snapshot()

const filters = new Map<string, TracedFiles>()

/** Undefined for what is not traced, has nothing that runs, or cannot be parsed. */
export function instrumentFile(
  given: string,
  path: string,
  { config, trace }: { readonly config: ProjectConfig; readonly trace: Trace },
): CountedFile | undefined {
  const files = filterOf(config, trace)
  if (!files.verdict(path).trace) return undefined
  const name = core().pathFromRoot(files.root, path)
  const { text, shebang, isOnDisk } = withShebang(given, path)
  try {
    const options = {
      file: name,
      calls: trace.options.trackcalls,
      carryTable: !isOnDisk,
    }
    const made = outsideOfTests(() => core().instrument(text, options))
    if (!made) return undefined
    const { body, helper, names } = core().splitHelper(made.code)
    const declared = /\.[cm]?tsx?$/.test(path) ? names.map((one) => `declare let ${one}: any;`).join('') : ''
    const after = body.slice(shebang) + declared
    return { body: after, helper, name, inserted: { before: given, after, mappings: made.map.mappings } }
  } catch (error) {
    noteTrouble(untouched(name, error))
    return undefined
  }
}

/** Says that a file is not counted, and why. */
export function untouched(name: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  return `${name} ran untouched and is not counted: ${reason}`
}

/** Jest takes the `#!` line off; the text with it is the one whose counts others know. */
function withShebang(given: string, path: string): { text: string; shebang: number; isOnDisk: boolean } {
  const onDisk = textOnDisk(path)
  const [shebang = ''] = /^#!.*/.exec(onDisk ?? '') ?? []
  const text = shebang + given
  return text === onDisk
    ? { text, shebang: shebang.length, isOnDisk: true }
    : { text: given, shebang: 0, isOnDisk: false }
}

function textOnDisk(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function filterOf(config: ProjectConfig, { root, options }: Trace): TracedFiles {
  const key = `${config.id} ${JSON.stringify(options)}`
  const known = filters.get(key)
  if (known) return known
  const files = core().tracedFilesOf({ root, options, tests: testFilesOf([config]) })
  filters.set(key, files)
  return files
}
