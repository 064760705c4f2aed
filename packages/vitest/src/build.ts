import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Which tstrace this is, down to its code: cached modules of another build must not be taken for ours. */
export const BUILD: { readonly version: string; readonly hash: string } = thisBuild()

function thisBuild(): { version: string; hash: string } {
  const require = createRequire(import.meta.url)
  const core = dirname(require.resolve('@tstrace/core'))
  const hash = createHash('sha256')
  for (const folder of ['instrument', 'runtime']) {
    for (const name of readdirSync(join(core, folder))
      .filter((file) => file.endsWith('.js'))
      .sort()) {
      hash.update(readFileSync(join(core, folder, name)))
    }
  }
  const { version } = require('../package.json') as { version: string }
  return { version, hash: hash.digest('hex') }
}
