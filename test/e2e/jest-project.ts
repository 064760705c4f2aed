import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Ended, type RunOptions, runCommand } from './command.ts'
import { COMPILE_CACHE, newProject, REPOSITORY } from './install.ts'
import { IS_WHOLE } from './matrix.ts'

/** Major versions of Jest; each has a workspace in `runners/`. */
export type JestMajor = 29 | 30

export const JEST_MAJORS: readonly JestMajor[] = [29, 30]

/** For what does not depend on the version: the newest; in `npm run test:all` each. */
export const ANY_JEST_MAJOR: readonly JestMajor[] = IS_WHOLE ? JEST_MAJORS : [30]

/** What configurations of `jest-transforms.ts` expect in a project. */
const TRANSFORMERS = fileURLToPath(new URL('./jest-transformers/', import.meta.url))

/**
 * A copy of a fixture in a fresh folder where `jest` is the wanted one and tstrace is installed. Tests of a fixture for
 * Vitest import from Jest there.
 */
export interface JestProject {
  readonly folder: string
  jest(args: readonly string[], options?: RunOptions): Promise<Ended>
  read(path: string): string
  write(path: string, text: string): void
}

/**
 * @param fixture Folder that is copied.
 * @param config Written to `jest.config.json`; the cache is in the project's own folder, so that each starts cold.
 */
export function jestProject(major: JestMajor, fixture: URL, config: object = {}): JestProject {
  const folder = newProject(`jest-${major}`)
  cpSync(TRANSFORMERS, folder, { recursive: true })
  cpSync(fileURLToPath(fixture), folder, { recursive: true })
  const program = join(REPOSITORY, major === 30 ? '' : 'runners/jest-29', 'node_modules/jest/bin/jest.js')
  const project: JestProject = {
    folder,
    jest: (args, { env, ...options } = {}) =>
      runCommand({ program, args, folder, options: { ...options, env: { ...COMPILE_CACHE, ...env } } }),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    },
  }
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.test.ts')) continue
    project.write(path, project.read(path).replace("from 'vitest'", "from '@jest/globals'"))
  }
  const complete = { cacheDirectory: '<rootDir>/../cache', ...config }
  project.write('jest.config.json', JSON.stringify(complete, null, 2))
  return project
}
