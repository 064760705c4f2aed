import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isSource } from '@tstrace/instrument/source-file'
import { codeOptions } from '../options/code-options.ts'
import type { TstraceOptions } from '../options/tstrace-options.ts'

/** Which tstrace this is, down to its code: cached modules of another build must not be taken for ours. */
export const BUILD: { readonly version: string; readonly hash: string } = thisBuild()

function thisBuild(): { version: string; hash: string } {
  const require = createRequire(import.meta.url)
  const hash = hashOfFiles(new URL('.', pathToFileURL(require.resolve('@tstrace/instrument'))))
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
