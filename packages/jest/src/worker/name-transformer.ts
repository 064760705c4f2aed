import { type EntryOptions, TRANSFORMER } from '../config/wrapped-config.ts'
import type { ProjectConfig } from '../jest-versions.ts'
import { withoutOwnFrames } from './without-own-frames.ts'

/** Jest's, of which each test file has one. */
export interface ScriptTransformer {
  transform(path: string, ...others: unknown[]): unknown
  transformAsync(path: string, ...others: unknown[]): unknown
}

/** Where Jest finds something wrong with a transformer, it names the one in the configuration: the user knows his own. */
export function nameUsersTransformer(transformer: ScriptTransformer, config: ProjectConfig): void {
  const { transform } = transformer
  transformer.transform = function (path, ...others) {
    try {
      return transform.call(this, path, ...others)
    } catch (error) {
      throw withUsersName(withoutOwnFrames(error), path, config)
    }
  }
}

function withUsersName(error: unknown, path: string, { transform }: ProjectConfig): unknown {
  if (!(error instanceof Error) || !error.message.includes(TRANSFORMER)) return error
  const [, , options] = transform.find(([pattern]) => new RegExp(pattern).test(path)) ?? []
  const { inner } = (options ?? {}) as Partial<EntryOptions>
  if (!inner) return error
  for (const key of ['message', 'stack'] as const) {
    const text = error[key]
    if (text !== undefined) Reflect.set(error, key, text.replaceAll(TRANSFORMER, inner))
  }
  return error
}
