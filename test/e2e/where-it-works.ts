import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * A place where tstrace works, as a scenario shows it. The exports of a file `where.ts` in the folder of a scenario are such places;
 * its tests take the versions that they run from there, so that README's table cannot name one that none of them runs.
 */
export interface Place {
  /** In words, as README has them. Scenarios of the same place share a row. */
  readonly place: string
  /** Major versions. */
  readonly vitest?: readonly (3 | 4 | 5)[]
  readonly jest?: readonly (29 | 30)[]
  /** The command, `npx tstrace`. */
  readonly command?: true
}

interface ShownPlace extends Place {
  /** Path from the root. */
  readonly folder: string
}

/** The first minor versions that are supported, where it is not 0. */
const VERSIONS: Readonly<Record<number, string>> = { 3: '3.2', 29: '29.7' }

export const BEGIN =
  '<!-- Written by `npm run where`, from the places that the scenarios in test/e2e say. -->\n'
export const END = '<!-- The end of what `npm run where` has written. -->\n'

/**
 * What the scenarios of a repository show.
 *
 * @param root absolute path
 */
export async function shownPlaces(root: string): Promise<ShownPlace[]> {
  const files = globSync('test/e2e/*/where.ts', { cwd: root }).sort()
  const modules = await Promise.all(
    files.map(async (file) => {
      const places: Record<string, Place> = await import(pathToFileURL(join(root, file)).href)
      return Object.values(places).map((place) => ({ ...place, folder: dirname(file).replaceAll('\\', '/') }))
    }),
  )
  return modules.flat()
}

/** One row for each place, as Markdown. */
export function placesTable(shown: readonly ShownPlace[]): string {
  const names = [...new Set(shown.map(({ place }) => place))].sort((a, b) => a.localeCompare(b, 'en'))
  const rows = names.map((name) => {
    const same = shown.filter(({ place }) => place === name)
    const versions = (of: (place: Place) => readonly number[] | undefined): string =>
      [...new Set(same.flatMap((place) => of(place) ?? []))]
        .sort((a, b) => a - b)
        .map((version) => VERSIONS[version] ?? String(version))
        .join(', ')
    const command = same.some((place) => place.command) ? 'yes' : ''
    const links = same.map(({ folder }) => `[${basename(folder)}](${folder})`)
    const cells = [name, versions((place) => place.vitest), versions((place) => place.jest), command]
    return `| ${[...cells, [...new Set(links)].join(', ')].join(' | ')} |\n`
  })
  return `| where | Vitest | Jest | \`npx tstrace\` | shown by |\n|---|---|---|---|---|\n${rows.join('')}`
}

/**
 * A page with the table between the two marks in it.
 *
 * @throws Error where they are missing
 */
export function withTable(page: string, table: string): string {
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`There is no place for the table: ${BEGIN}`)
  return `${page.slice(0, begin + BEGIN.length)}\n${table}\n${page.slice(end)}`
}

/** Scenarios whose tests do not take what they run from their `where.ts`. */
export function unusedPlaces(root: string): string[] {
  return globSync('test/e2e/*/where.ts', { cwd: root }).filter((file) => {
    const folder = join(root, dirname(file))
    const tests = globSync('*.test.ts', { cwd: folder }).map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    )
    const names = [...readFileSync(join(root, file), 'utf8').matchAll(/^export const (\w+)/gm)].map(
      ([, name]) => name,
    )
    const isUsed = (name = ''): boolean =>
      tests.some((text) => new RegExp(`\\b${name}\\.(vitest|jest|command)\\b|[sS]Of\\(${name}\\)`).test(text))
    return names.length === 0 || !names.every(isUsed)
  })
}
