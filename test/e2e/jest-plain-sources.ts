import { stripTypeScriptTypes } from 'node:module'
import type { JestProject } from './jest-project.ts'

/** Modules that are required, or modules of the engine. */
export type PlainKind = 'cjs' | 'mjs'

/**
 * Puts sources without types beside those of a project, for a Jest without transformers: at the same places in them.
 * @param paths of TypeScript files, without extension
 */
export function writePlainSources(project: JestProject, paths: readonly string[], kind: PlainKind): void {
  for (const path of paths) {
    const text = stripTypeScriptTypes(project.read(`${path}.ts`)).replaceAll(".ts'", `.${kind}'`)
    project.write(`${path}.${kind}`, kind === 'mjs' ? text : required(text))
  }
}

function required(text: string): string {
  const names = [...text.matchAll(/^export (?:(?:async )?function\*?|const|class) (\w+)/gm)].map(
    ([, name]) => name,
  )
  const body = text
    .replace(/^import (\{.*\}) from ('.*')/gm, 'const $1 = require($2)')
    .replace(/^export (default )?/gm, '')
  return `${body}\nmodule.exports = { ${names.join(', ')} }\n`
}
