import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const REPOSITORY: string = fileURLToPath(new URL('../../', import.meta.url))

export const PACKAGES = {
  'packages/results': '@tstrace/results',
  'packages/instrument': '@tstrace/instrument',
  'packages/formats': '@tstrace/formats',
  'packages/core': '@tstrace/core',
  'packages/jest': '@tstrace/jest',
  'packages/node': '@tstrace/node',
  'packages/page': '@tstrace/page',
  'packages/questions': '@tstrace/questions',
  'packages/select': '@tstrace/select',
  'packages/vitest': '@tstrace/vitest',
  'packages/tstrace': 'tstrace',
}

/** Copies what would be packed, so that everything resolves as it does for a user. */
export function install(folder: string): void {
  for (const [from, name] of Object.entries(PACKAGES)) {
    for (const part of ['package.json', 'bin', 'dist']) {
      const packed = join(REPOSITORY, from, part)
      if (existsSync(packed)) cpSync(packed, join(folder, 'node_modules', name, part), { recursive: true })
    }
  }
}

/** Lets Node keep the compiled code of the runners, which are started hundreds of times. */
export const COMPILE_CACHE = { NODE_COMPILE_CACHE: join(REPOSITORY, 'node_modules/.cache/e2e') } as const

/**
 * Path of a new project below a runner in `runners/`, in a folder of its own. tstrace is installed further up, because
 * Vitest 4 and 5 look for reporters from above the project first, and would find the repository's own packages.
 */
export function newProject(runner: string): string {
  const place = join(REPOSITORY, 'runners', runner, 'runs', TEST_RUN)
  if (!existsSync(join(place, 'node_modules'))) installOnce(place)
  return join(mkdtempSync(join(place, 'in-')), 'project')
}

/** One folder for all projects of a test run, so that tstrace is copied once, and Node compiles it once. */
const TEST_RUN = process.env.TEST_RUN ?? String(process.pid)

/** Whoever is done first has installed it for all: other test files may be at it, too. */
function installOnce(place: string): void {
  mkdirSync(place, { recursive: true })
  const own = mkdtempSync(join(place, 'install-'))
  install(own)
  try {
    renameSync(join(own, 'node_modules'), join(place, 'node_modules'))
  } catch (error) {
    if (!existsSync(join(place, 'node_modules'))) throw error
  }
  rmSync(own, { recursive: true })
}
