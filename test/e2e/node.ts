import { execFileSync } from 'node:child_process'

/** The Node.js that scenarios run on: that of these tests, unless `npm run test:node` says another. */
export const NODE: string = process.env.TEST_NODE ?? process.execPath

/** Its version: major, minor. */
export const NODE_VERSION: readonly [number, number] = versionOf(NODE)

function versionOf(node: string): [number, number] {
  const version =
    node === process.execPath ? process.version : execFileSync(node, ['--version'], { encoding: 'utf8' })
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number)
  return [major, minor]
}

/** What every process needs of the environment, on each system. */
export function plainEnvironment(): Record<string, string> {
  const names = [
    'PATH',
    'HOME',
    'TMPDIR',
    'SystemRoot',
    'TEMP',
    'TMP',
    'USERPROFILE',
    'APPDATA',
    'LOCALAPPDATA',
  ]
  const entries = names.map((name) => [name, process.env[name]])
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}
