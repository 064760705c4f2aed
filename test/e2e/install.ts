import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const REPOSITORY: string = fileURLToPath(new URL('../../', import.meta.url))

const PACKAGES = {
  'packages/core': '@tstrace/core',
  'packages/jest': '@tstrace/jest',
  'packages/node': '@tstrace/node',
  'packages/vitest': '@tstrace/vitest',
  'packages/tstrace': 'tstrace',
}

/**
 * Copies what would be packed, so that everything resolves as it does for a user; one folder up, because Vitest 4
 * and 5 look for reporters from there first, and would find the repository's own packages.
 */
export function install(folder: string): void {
  for (const [from, name] of Object.entries(PACKAGES)) {
    for (const part of ['package.json', 'dist']) {
      cpSync(join(REPOSITORY, from, part), join(folder, 'node_modules', name, part), { recursive: true })
    }
  }
}
