import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'
import type { Text } from './check-text.ts'

const root = fileURLToPath(new URL('../../node_modules', import.meta.url))

/** Paths of all files of installed packages that could be traced; those of this repository are links, and change meanwhile. */
export function installedFiles(): string[] {
  const packages = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== '@tstrace',
  )
  return packages
    .flatMap(({ name }) => readdirSync(join(root, name), { recursive: true, withFileTypes: true }))
    .filter(
      (entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name) && !/\.d\.[cm]?ts$/.test(entry.name),
    )
    .map(({ name, parentPath }) => join(parentPath, name))
    .sort()
}

/** The text of a file, and how Node would run it. */
export function textOf(file: string): Text {
  const source = readFileSync(file, 'utf8')
  const isModule = /\.m[jt]s$/.test(file) || (!/\.c[jt]s$/.test(file) && hasModuleSyntax(file, source))
  return { file, source, kind: isModule ? 'module' : 'script' }
}

function hasModuleSyntax(file: string, source: string): boolean {
  if (!/\b(?:import|export|await)\b/.test(source)) return false
  const parsed = (sourceType: 'module' | 'commonjs') => parseSync(file, source, { sourceType })
  return parsed('module').module.hasModuleSyntax || parsed('commonjs').errors.length > 0
}
