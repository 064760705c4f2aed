import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { packageFromNpm } from './from-npm.ts'

const require = createRequire(import.meta.url)

export interface Source {
  /** Path as the instrumenter is told it; its ending says which language it is. */
  readonly file: string
  readonly text: string
}

export interface SourceSet {
  readonly name: string
  readonly sources: readonly Source[]
  readonly lines: number
  /** Length of all texts in UTF-16 units. */
  readonly size: number
}

/** Where the packages are installed; three ships JavaScript, the others their TypeScript. */
const SETS: readonly { name: string; folder: () => string; patterns: string[] }[] = [
  {
    name: 'three',
    folder: () => packageFromNpm('three'),
    patterns: ['build/three.core.js', 'build/three.module.js'],
  },
  {
    name: 'rxjs',
    folder: () => dirname(require.resolve('rxjs/package.json')),
    patterns: ['src/**/*.ts'],
  },
  {
    name: 'zod',
    folder: () => dirname(require.resolve('zod/package.json')),
    patterns: ['src/v4/{core,classic,mini}/*.ts'],
  },
  {
    name: 'effect',
    folder: () => packageFromNpm('effect'),
    patterns: ['src/internal/**/*.ts'],
  },
]

/** Reads the sources that are instrumented, in a fixed order; a tenth of the files where it has to be quick. */
export function readSources(quick: boolean): SourceSet[] {
  return SETS.map(({ name, folder: folderOf, patterns }) => {
    const folder = folderOf()
    const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: folder })).toSorted()
    const sources = files.slice(quick ? -Math.ceil(files.length / 10) : 0).map((file) => ({
      file: `${name}/${file}`,
      text: readFileSync(join(folder, file), 'utf8'),
    }))
    if (sources.length === 0) throw new Error(`No sources of ${name} in ${folder}: is it installed?`)
    const lines = sources.reduce((sum, { text }) => sum + text.split('\n').length, 0)
    return { name, sources, lines, size: sources.reduce((sum, { text }) => sum + text.length, 0) }
  })
}
