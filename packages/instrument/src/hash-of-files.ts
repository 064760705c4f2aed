import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isSource } from './source-file/source-kind.ts'

/** Hash of the sources in a folder and below it, sixteen hexadecimal digits. */
export function hashOfFiles(folder: URL): string {
  const path = fileURLToPath(folder)
  const hash = createHash('sha256')
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(isSource)
  for (const name of names.sort()) hash.update(readFileSync(path + name))
  return hash.digest('hex').slice(0, 16)
}
