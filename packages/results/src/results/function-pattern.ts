import type { FunctionReference } from './results-data.ts'

/**
 * Which functions a pattern means: `parse`, `src/parse.ts:parse`, or `src.parse.Parser.next` as lists of functions have it; a
 * source or a folder, `src/parse.ts` or `src/db/`, for all in it; `*` stands for anything. The evaluation of a module is meant
 * only where it says `<module>`.
 */
export function functionPattern(pattern: string): (function_: FunctionReference) => boolean {
  const given = pattern.trim().replace(/^\.\//, '')
  const expression = given.replaceAll(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll(/\*+/g, '.*')
  const isNamed = new RegExp(`^(?:${expression}${given.endsWith('/') ? '.*' : ''})$`, 's')
  const hasModules = given.includes('<module>')
  return ({ name, path }) => {
    if (name === '<module>' && !hasModules) return false
    return namesOf({ name, path }).some((one) => isNamed.test(one))
  }
}

function namesOf({ name, path }: FunctionReference): readonly string[] {
  const dotted = path.replaceAll('/', '.').replace(/^\.+/, '')
  const plain = dotted.replace(/(?<=[^.])\.[^.]*$/, '')
  return [name, path, `${path}:${name}`, `${dotted}.${name}`, `${plain}.${name}`]
}
