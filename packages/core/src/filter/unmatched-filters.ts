import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { isSource, pathFromRoot } from '@tstrace/instrument/source-file'
import { printable } from '@tstrace/results/printable'
import { type FoundSources, findSources } from './find-sources.ts'
import { dividedGlob, placeOf } from './named-globs.ts'
import { linkedSentences } from './outside-sources.ts'
import { covers, dottedName, type FilterOptions, firstGlob } from './source-filter.ts'

export interface FiltersOfRun {
  /** Absolute path of the project root. */
  readonly root: string
  readonly options: FilterOptions
  /**
   * Names of options that a file gives. What is left out there is often left out for many projects, most of which have none of
   * it; nothing is lost where it matches nothing, as it is where `include` does. Default: none.
   */
  readonly fromFile?: ReadonlySet<string> | undefined
  /** What else is said where `include` names a dependency that was not counted, a sentence. Default: nothing. */
  readonly dependencies?: string | undefined
  /** Paths from the root of files that are known to be there. */
  readonly known: Iterable<string>
}

/**
 * One sentence for each value of a filter that no file there is has to do with. Files are looked for on disk only where none
 * of the known ones matches.
 */
export async function unmatchedFilters(filters: FiltersOfRun): Promise<string[]> {
  const { fromFile, options, root } = filters
  const isWritten = (name: string): boolean => name === 'include' || !fromFile?.has(name)
  const paths = [...filters.known]
  const problems: string[] = []
  for (const name of ['include', 'exclude'] as const) {
    for (const glob of options[name]) {
      const matches = firstGlob(root, [glob])
      if (paths.some((path) => matches(path) !== undefined)) continue
      if (glob.includes('node_modules')) {
        if (name === 'include') problems.push(await unmatchedDependency(filters, glob))
        continue
      }
      const found = await sourcesOf(root, glob)
      // The name of a folder is a mistake in every project that has it.
      const isWrong = isWritten(name) || isFolder(resolve(root, glob))
      if (found.sources.length > 0 || !isWrong) continue
      const linked = linkedSentences(root, name, found.linked.filter(isSource))
      problems.push(...(linked.length > 0 ? linked : [noMatch(root, name, glob)]))
    }
  }
  for (const folder of isWritten('ignoreDir') ? options.ignoreDir : [])
    if (!isFolder(resolve(root, folder))) problems.push(noFolder(root, folder))
  for (const name of isWritten('ignoreModule') ? options.ignoreModule : []) {
    const isCovered = (path: string): boolean => covers(name, dottedName(path))
    if (existsSync(resolve(root, name.replaceAll('.', '/'))) || paths.some(isCovered)) continue
    const found = await sourcesOf(root, '**')
    if (!found.sources.some((path) => isCovered(pathFromRoot(root, path))))
      problems.push(noModule(root, name))
  }
  return problems.map(printable)
}

function sourcesOf(root: string, glob: string): Promise<FoundSources> {
  return findSources(root, [glob], (path) => ({ trace: isSource(path), reason: '' }))
}

/**
 * What to say of a glob of `include` that names dependencies, and matches nothing that was loaded. Where a wildcard stands for
 * packages nobody looks through all that are installed.
 */
async function unmatchedDependency({ dependencies, root }: FiltersOfRun, glob: string): Promise<string> {
  const { fixed, rest } = dividedGlob(glob)
  const more = dependencies === undefined ? '' : ` ${dependencies}`
  const unloaded = `Nothing that was loaded matches the pattern "${glob}" of \`include\`.${more}`
  if (!/(?:^|\/)node_modules\/[^/]/.test(fixed))
    return `${unloaded} Packages that are links are known by where they lie, which only a name in front of the first wildcard leads to: "node_modules/<name>/**".`
  const place = placeOf(resolve(root, fixed))
  if (place === undefined) return noMatch(root, 'include', glob)
  const isThere = rest === '' ? isSource(place) : (await sourcesOf(place, rest)).sources.length > 0
  return isThere ? unloaded : noMatch(root, 'include', glob)
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function noMatch(root: string, option: string, glob: string): string {
  if (isFolder(resolve(root, glob))) {
    const folder = glob.replace(/\/+$/, '')
    return `"${glob}" of \`${option}\` is a folder and matches no source. Everything in it is "${folder}/**".`
  }
  const example = option === 'include' ? 'src/**' : 'src/generated/**'
  return `The pattern "${glob}" of \`${option}\` matches no source. Patterns begin at ${root}: "${example}", for instance.`
}

function noFolder(root: string, folder: string): string {
  return (
    `The folder "${folder}" of \`ignoreDir\` is not there. ` +
    `Name it by its path from ${root}, or by its whole path; for patterns there is \`exclude\`.`
  )
}

function noModule(root: string, name: string): string {
  return (
    `The name "${name}" of \`ignoreModule\` is that of no source. ` +
    `Names are paths from ${root} with dots and without extension: "src.generated" is everything in src/generated.`
  )
}
