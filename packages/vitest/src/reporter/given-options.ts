import { PLUGIN_NAME } from '../plugin-name.ts'
import type { Vitest } from '../vitest-versions.ts'

/** Two sets of options in one. Those of the second are stronger; none is read. */
export function bothOptions(first: object, second: object): object {
  const properties = [first, second].map(Object.getOwnPropertyDescriptors)
  return Object.defineProperties({}, Object.assign({}, ...properties))
}

/** What the plugin was given, if it is there. */
export function pluginOptions(vitest: Vitest): object {
  const plugins: readonly { name: string; api?: { options?: object } }[] = [
    vitest.vite,
    ...vitest.projects.map(({ vite }) => vite),
  ].flatMap(({ config }) => config.plugins)
  return plugins.find(({ name }) => name === PLUGIN_NAME)?.api?.options ?? {}
}
