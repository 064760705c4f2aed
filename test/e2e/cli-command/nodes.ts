import { createRequire } from 'node:module'
import { join } from 'node:path'

/** The Node.js releases that have a workspace below `runners/`. */
export const NODES: readonly { readonly major: string; readonly node: string }[] = [
  '20',
  '22',
  '24',
  '26',
].map((major) => {
  if (major === '24') return { major, node: process.execPath }
  const require = createRequire(new URL(`../../../runners/node-${major}/package.json`, import.meta.url))
  return { major, node: join(require.resolve('node/package.json'), '../bin/node') }
})
