import { createRequire } from 'node:module'
import { join } from 'node:path'
import { IS_WHOLE } from '../matrix.ts'
import { NODE, NODE_VERSION } from '../node.ts'

/** The Node.js releases that have a workspace below `runners/`; or the one that `npm run test:node` says. */
export const NODES: readonly { readonly major: string; readonly node: string }[] = (
  process.env.TEST_NODE ? [`${NODE_VERSION[0]}`] : ['20', '22', '24', '26']
).map((major) => {
  if (major === `${NODE_VERSION[0]}`) return { major, node: NODE }
  const require = createRequire(new URL(`../../../runners/node-${major}/package.json`, import.meta.url))
  return { major, node: join(require.resolve('node/package.json'), '../bin/node') }
})

/** One without and one with synchronous hooks for modules. */
export const NODES_BY_HOOKS: typeof NODES = NODES.filter(({ node }, at) => at === 0 || node === NODE)

/** For what depends on the hooks of a version; in `npm run test:all` each version. */
export const SOME_NODES: typeof NODES = IS_WHOLE ? NODES : NODES_BY_HOOKS
