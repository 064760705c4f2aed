import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Ended, type RunOptions, runCommand } from './command.ts'
import { COMPILE_CACHE, newProject, REPOSITORY } from './install.ts'
import { IS_WHOLE } from './matrix.ts'
import { NODE_VERSION } from './node.ts'

/** Major versions of Vitest; each has a workspace in `runners/`. */
export type Major = 3 | 4 | 5

export const MAJORS: readonly Major[] = runsVitest5() ? [3, 4, 5] : [3, 4]

/** Vitest 5 needs Node 22.12. */
function runsVitest5(): boolean {
  const [major, minor] = NODE_VERSION
  return major > 22 || (major === 22 && minor >= 12)
}

/** Those of a place that the Node.js of these tests runs. */
export function majorsOf({ vitest }: { readonly vitest: readonly Major[] }): readonly Major[] {
  return vitest.filter((major) => MAJORS.includes(major))
}

export const NEWEST = MAJORS.at(-1) as Major

/** For what does not depend on the version: the newest; in `npm run test:all` each. */
export const ANY_MAJOR: readonly Major[] = IS_WHOLE ? MAJORS : [NEWEST]

export interface VitestOptions extends RunOptions {
  /** What Vitest is to do: to run the tests unless given. */
  readonly command?: 'run' | 'bench' | 'list'
}

/** A copy of a fixture in a fresh folder where `vitest` is the wanted one and tstrace is installed. */
export interface VitestProject {
  readonly folder: string
  vitest(args: readonly string[], options?: VitestOptions): Promise<Ended>
  read(path: string): string
  write(path: string, text: string): void
}

/** @param fixture Folder that is copied. */
export function vitestProject(major: Major, fixture: URL): VitestProject {
  const folder = newProject(`vitest-${major}`)
  cpSync(fileURLToPath(fixture), folder, { recursive: true })
  const program = join(
    REPOSITORY,
    major === 5 ? '' : `runners/vitest-${major}`,
    'node_modules/vitest/vitest.mjs',
  )
  return {
    folder,
    vitest: (args, { command = 'run', env, ...options } = {}) =>
      runCommand({
        program,
        args: [command, ...args],
        folder,
        options: { ...options, env: { ...COMPILE_CACHE, ...env } },
      }),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    },
  }
}
