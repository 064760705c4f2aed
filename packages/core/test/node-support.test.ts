import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { unsupportedNode } from '../src/node-support.ts'

test.each(['20.19.0', '22.12.0', '23.0.0', '24.0.0', '26.1.0'])('Node %s can be traced', (version) => {
  expect(unsupportedNode(version)).toBeUndefined()
})

test.each(['16.20.2', '18.20.8', '20.18.3', '21.7.3', '22.11.0'])(
  'Node %s is told what could be',
  (version) => {
    expect(unsupportedNode(version)?.message).toBe(
      `Node.js ${version} is not supported: nothing is traced. tstrace works with Node.js 20.19, 22.12, and 24 or later.`,
    )
  },
)

test.each([
  [[], 'true'],
  [['--no-addons'], 'false'],
])('whether addons are loaded is known, with %j', (words, answer) => {
  const url = new URL('../src/node-support.ts', import.meta.url).href
  const program = `console.log((await import(${JSON.stringify(url)})).loadsAddons())`
  const given = [
    '--no-warnings',
    '--experimental-strip-types',
    ...words,
    '--input-type=module',
    '-e',
    program,
  ]
  expect(spawnSync(process.execPath, given, { encoding: 'utf8' }).stdout).toBe(`${answer}\n`)
})
