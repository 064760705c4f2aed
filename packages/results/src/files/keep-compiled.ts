import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { compileAhead, takeCompiled, withSum } from './compiled-code.ts'
import { replaceFile } from './replace-file.ts'

/**
 * Keeps what V8 has compiled of our files until now, for the next start. At the end of a run it has compiled all that a run
 * needs. Where nothing can be written, or nobody starts again, nothing is kept.
 *
 * @param others absolute paths of files that other processes load
 */
export function keepCompiled(others: readonly string[] = []): void {
  // On a machine that is thrown away, to compile for others is for nothing.
  if (process.env.CI) return
  for (const file of others) compileAhead(file)
  for (const [place, { script, source }] of takeCompiled()) {
    try {
      mkdirSync(dirname(place), { recursive: true })
      replaceFile(place, withSum(source, script.createCachedData()))
    } catch {
      // The next start takes as long as this one.
    }
  }
}
