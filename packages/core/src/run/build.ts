import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { codeOptions } from '../options/code-options.ts'
import type { TstraceOptions } from '../options/tstrace-options.ts'
import { isSource } from '../source-file/source-kind.ts'

/** Which tstrace this is, down to its code: cached modules of another build must not be taken for ours. */
export const BUILD: { readonly version: string; readonly hash: string } = thisBuild()

function thisBuild(): { version: string; hash: string } {
  const hashes = ['../instrument/', '../compiled/', '../runtime/'].map((folder) =>
    hashOfFiles(new URL(folder, import.meta.url)),
  )
  const hash = createHash('sha256').update(hashes.join()).digest('hex').slice(0, 16)
  const require = createRequire(import.meta.url)
  const { version } = require('../../package.json') as { version: string }
  return { version, hash }
}

/** Hash of the code in a folder and below it. */
export function hashOfFiles(folder: URL): string {
  const path = fileURLToPath(folder)
  const hash = createHash('sha256')
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(isSource)
  for (const name of names.sort()) hash.update(readFileSync(path + name))
  return hash.digest('hex').slice(0, 16)
}

/** Twelve hexadecimal digits that differ where the transform would make something else of a file. */
export function transformHash(options: TstraceOptions): string {
  const asked = JSON.stringify(codeOptions(options))
  return createHash('sha256').update(asked).update(BUILD.hash).digest('hex').slice(0, 12)
}
