import type { GlobalConfig } from './jest-versions.ts'

/** Jest ships the reporter's own options to every worker with every test file; the folder travels in them. */
const KEY = '__tstraceFolder'

/** Options of a reporter as the user wrote them. */
export function withoutFolder(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([name]) => name !== KEY))
}

/**
 * Puts the folder of a run into the options of our entry in `reporters`.
 * @param options The object that is part of the global configuration.
 */
export function setFolder(options: object, folder: string): void {
  if (Object.isExtensible(options) || KEY in options) Object.assign(options, { [KEY]: folder })
}

/** The folder in which workers leave their counts; undefined where the run is not traced. */
export function folderIn({ reporters = [] }: GlobalConfig): string | undefined {
  for (const entry of reporters) {
    const options = (typeof entry === 'string' ? undefined : entry[1]) as { [KEY]?: string } | undefined
    if (options?.[KEY] !== undefined) return options[KEY]
  }
  return undefined
}
