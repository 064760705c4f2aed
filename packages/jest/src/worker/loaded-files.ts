import { join } from 'node:path'
import type { ScriptTransformer } from './name-transformer.ts'

// Taken before a test can replace them, and only those that call nothing else: a spy of the tests would see it.
const { closeSync, existsSync, openSync, readFileSync, writeSync } = process.getBuiltinModule('node:fs')
const { stringify } = JSON

/** One path as JSON on a line; all workers of a run append to it. */
const LOADED_FILE = 'loaded'

/** Has a test file leave in the folder of the run which files it loads, for `debug`. */
export function noteLoaded(transformer: ScriptTransformer, folder: string): void {
  const noted = new Set<string>()
  const note = (path: string): void => {
    if (noted.has(path)) return
    noted.add(path)
    append(join(folder, LOADED_FILE), `${stringify(path)}\n`)
  }
  for (const name of ['transform', 'transformAsync'] as const) {
    const { [name]: transform } = transformer
    transformer[name] = function (path, ...others) {
      note(path)
      return transform.call(this, path, ...others)
    }
  }
}

/** Absolute paths of the files that the tests of a run loaded. */
export function loadedFiles(folder: string): ReadonlySet<string> {
  const file = join(folder, LOADED_FILE)
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return new Set(lines.filter(Boolean).map((line) => JSON.parse(line) as string))
}

function append(path: string, text: string): void {
  try {
    const file = openSync(path, 'a')
    writeSync(file, text)
    closeSync(file)
  } catch {
    // The run has ended, and nobody reads it any more.
  }
}
