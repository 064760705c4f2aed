import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathFromRoot } from '@tstrace/instrument/source-file'
import { printable } from '@tstrace/results/printable'
import { NAMELESS, OUTSIDE, type Verdict } from './source-filter.ts'

/**
 * What to say of a source that was loaded and is not traced because of where it is, or how it is called: the same of all
 * sources of a package outside.
 *
 * @param root absolute path of the project root
 * @param path absolute
 * @returns undefined for sources that are traced, or not for another reason
 */
export function outsideSentence(root: string, path: string, { reason }: Verdict): string | undefined {
  if (reason.startsWith(NAMELESS))
    return `${JSON.stringify(pathFromRoot(root, path))} is not counted: ${reason}. Give it another name, or leave it out with \`exclude\` or \`--exclude\`.`
  if (reason !== OUTSIDE) return undefined
  const place = printable(globAround(root, path))
  return (
    `What was loaded from ${place} is not counted: it is outside the project root. ` +
    `Name it beside what is inside, with \`include\` or \`--include\`: '**' and '${place}'.`
  )
}

/**
 * One sentence for each package in which a glob of an option reaches sources through links: runners know them by where they lie.
 *
 * @param root absolute path of the project root
 * @param linked absolute paths, with the links
 */
export function linkedSentences(root: string, option: string, linked: readonly string[]): string[] {
  const places = linked.map((path) => printable(globAround(root, realpathSync(path))))
  return [...new Set(places)].map(
    (place) =>
      `\`${option}\` reaches what is in ${place} only through a link, and sources are known by where they lie. Name it there: '${place}'.`,
  )
}

/** A glob for the package of a file; where the root belongs to that too, for the folder in it that the file is in. */
function globAround(root: string, path: string): string {
  const folder = pathFromRoot(root, packageOf(path))
  if (!/^[./]*$/.test(folder)) return `${folder}/**`
  const [, up = '', part = ''] = /^((?:\.\.\/)*)([^/]*)/.exec(pathFromRoot(root, dirname(path))) ?? []
  if (part === '') return `${up}*`
  return part === '..' ? `${up}../*` : `${up}${part}/**`
}

const packages = new Map<string, string>()

/** The nearest folder with a manifest, or that of the file. */
function packageOf(path: string): string {
  const folder = dirname(path)
  const known = packages.get(folder)
  if (known !== undefined) return known
  let found = folder
  for (let above = folder; dirname(above) !== above; above = dirname(above)) {
    if (!existsSync(join(above, 'package.json'))) continue
    found = above
    break
  }
  packages.set(folder, found)
  return found
}
