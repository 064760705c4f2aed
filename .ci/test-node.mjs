// The tests on this system with the Node.js that npm itself runs on: `npm run test:node`. What only keeps the house in
// order, and what asks Python or the shell, runs in `npm test` alone. Vitest 5, which runs the tests, needs Node 22.12: on
// an older one it runs on the project's own Node, and what it starts on the older; unit tests start nothing and are left out.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
// biome-ignore lint/suspicious/noUndeclaredEnvVars: this is no task of turbo
const node = process.env.npm_node_execpath ?? process.execPath
const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
const isOlder = /^v(20|22\.([0-9]|1[01])\.)/.test(stdout)
const runner = isOlder ? process.execPath : node
const OWN_NODES_OR_SHELL = ['nodes', 'jest-nodes', 'ci-shards']

function run(folder, args) {
  console.log(`${folder}, on Node.js ${stdout.trim()}`)
  const env = { ...process.env, TEST_NODE: node }
  const { status } = spawnSync(runner, [vitest, 'run', ...args], {
    cwd: join(root, folder),
    stdio: 'inherit',
    env,
  })
  if (status !== 0) process.exitCode = 1
}

const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`)
const withTests = packages.filter((folder) => existsSync(join(root, folder, 'test')))
if (!isOlder) for (const folder of withTests) run(folder, [])
run('test', [
  'e2e/',
  ...OWN_NODES_OR_SHELL.map((name) => `--exclude=e2e/${name}/**`),
  ...process.argv.slice(2),
])
