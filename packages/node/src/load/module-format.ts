import { dirname, join } from 'node:path'
import { loadParser } from '@tstrace/instrument'
import { type ModuleFormat, sourceKind } from '@tstrace/instrument/source-file'
import { readSource } from '@tstrace/results/files'

/** The format of a file whose extension Node does not know, by the rules it has for JavaScript. */
export function moduleFormat(path: string, code: string): ModuleFormat {
  const format = sourceKind(path)?.format ?? packageType(dirname(path))
  return format ?? (hasModuleSyntax(path, code) ? 'module' : 'commonjs')
}

export function hasModuleSyntax(path: string, code: string): boolean {
  return loadParser().parseSync(path, code).module.hasModuleSyntax
}

const types = new Map<string, ModuleFormat | undefined>()

function packageType(folder: string): ModuleFormat | undefined {
  if (types.has(folder)) return types.get(folder)
  const type = ownType(folder)
  const above = dirname(folder)
  const found = type === 'unknown' ? (above === folder ? undefined : packageType(above)) : type
  types.set(folder, found)
  return found
}

/** `unknown` where the folder has no manifest. */
function ownType(folder: string): ModuleFormat | undefined | 'unknown' {
  let text: string
  try {
    text = readSource(join(folder, 'package.json'))
  } catch {
    return 'unknown'
  }
  const { type } = JSON.parse(text) as { type?: string }
  return type === 'module' || type === 'commonjs' ? type : undefined
}
