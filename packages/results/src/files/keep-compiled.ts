import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
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
  for (const [file, script] of takeCompiled()) {
    try {
      const folder = dirname(file)
      mkdirSync(folder, { recursive: true })
      const outdated = readdirSync(folder).filter((name) => isOutdated(name, basename(file)))
      replaceFile(file, withSum(script.createCachedData()))
      for (const name of outdated) rmSync(join(folder, name), { force: true })
    } catch {
      // The next start takes as long as this one.
    }
  }
}

/** What is kept of a file of the same name with something else in it. */
function isOutdated(name: string, kept: string): boolean {
  const [, file, hash] = KEPT.exec(name) ?? []
  const [, ownFile, ownHash] = KEPT.exec(kept) ?? []
  return file === ownFile && hash !== ownHash
}

/** The file, and the hash of what is in it. */
const KEPT = /^(.+?)-([\da-f]{16})-/
