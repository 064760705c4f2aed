import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NODES } from '../e2e/cli-command/nodes.ts'
import { folderWith, tstrace } from '../e2e/cli-command/tstrace-command.ts'
import { howMany } from './how-many.ts'
import { smallCounts } from './small-project.ts'

/*
 * The command follows its program into the processes that it starts. Of one that it loses on the way nothing is in the folder
 * of the run, so what was started is compared with what was heard of.
 */

const isRoot = process.getuid?.() === 0

/** Ways to start `child<number>.js` in which nothing can come from there. */
const LOST: readonly string[] = [
  "spawn('env', ['-i', node, child])",
  "execFile('env', ['-i', node, child])",
  "execFileSync('env', ['-i', node, '--no-warnings', child])",
  "spawnSync('env', ['-u', 'NODE_OPTIONS', node, child])",
  "exec('NODE_OPTIONS= ' + word + ' ' + child)",
  "execSync('env -i ' + word + ' ./' + child)",
  "spawn('NODE_OPTIONS= ' + word + ' ' + child, { shell: true })",
  "spawnSync('NODE_OPTIONS=', [word, child], { shell: true })",
  "spawn('sh', ['-c', 'NODE_OPTIONS= exec ' + word + ' ' + child])",
  "spawnSync('nice', ['env', '-i', node, child])",
  "spawnSync('env', ['-i', node, '-e', 'require(\"./' + child + '\")'])",
  "exec('NODE_OPTIONS= ' + word + ' ' + child + ' > out.txt')",
  "exec('cd . && NODE_OPTIONS=--no-warnings ' + word + ' ' + child + ' && ' + word + ' heard.js')",
  "execSync('export NODE_OPTIONS=; if true; then ' + word + ' ' + child + '; fi')",
  "execSync('echo $(env -i ' + word + ' ' + child + ') \"`date`\" | cat')",
  "spawnSync('bash', ['-c', 'unset NODE_OPTIONS\\n' + word + ' ' + child])",
  "execSync('cat <<END\\nnode uncounted.js\\nEND\\nenv -u NODE_OPTIONS ' + word + ' ' + child)",
  "spawnSync('env', ['-i', node, child], { cwd: '.', shell: false })",
  "writeScript(child + '.sh', '#!/bin/sh\\nset -e\\nenv -i ' + word + ' ' + child); spawnSync('./' + child + '.sh')",
  "writeScript(child + '.sh', 'env -i ' + word + ' ' + child); execSync('sh ' + child + '.sh; true')",
  "spawnSync('NODE_OPTIONS= ./' + child + ' || exit 1', { shell: true })",
  ...(isRoot
    ? [
        'spawn(node, [child], { uid: 65534, gid: 65534 })',
        'execFileSync(node, [child], { uid: 65534 })',
        "spawn('./' + child, { uid: 65534 })",
        "spawnSync(child, { uid: 65534, env: { PATH: process.cwd() + ':' + process.env.PATH } })",
        "exec('./' + child + ' && true', { uid: 65534 })",
        "spawnSync('sh', ['-c', 'true; ' + word + ' ' + child + ' | cat'], { uid: 65534 })",
      ]
    : []),
]

/** In a Node that has a permission model. */
const FORBIDDEN: readonly string[] = [
  "spawn(node, ['--permission', '--allow-fs-read=*', child])",
  "fork(child, { execArgv: ['--permission', '--allow-fs-read=*'] })",
]

/** Ways to start what loses nothing. */
const HARMLESS: readonly string[] = [
  "spawnSync('env', ['-i', node, '--version'])",
  "spawnSync('env', ['-i', node, '-p', '1'])",
  "spawnSync('env', ['-i', node, '--help'])",
  "spawnSync('env', ['-i', node, '--check', child])",
  "spawn('env', ['-i', node, '-v'])",
  "execSync('NODE_OPTIONS= ' + word + ' --version')",
  "spawn('nothing-of-this-name', [child]).on('error', () => {})",
  "spawnSync('nothing-of-this-name', [child])",
  "spawn(node, [child], { cwd: '/nothing/there' }).on('error', () => {})",
  "try { execFileSync(node, [child], { cwd: '/nothing/there' }) } catch {}",
  "spawn('sh', ['-c', 'exit 3'])",
  "spawnSync('env', ['-i', 'sh', '-c', 'exit 3'])",
  "exec('echo node ' + child)",
  'spawn(node, [child])',
  "spawn(node, ['missing.js'], { stdio: 'ignore' })",
  'fork(child)',
  "exec(word + ' ' + child, { env: {} })",
  'spawnSync(node, [child], { env: {} })',
  "execFileSync(node, ['uncounted.txt'])",
  "try { execFileSync(node, ['-e', 'process.exit(3)']) } catch {}",
  "spawn('./' + child)",
  "exec('./' + child + ' | cat')",
  "exec('false && ' + word + ' missing.js')",
  "exec('test -d nowhere || ' + word + ' ' + child + ' 2>&1 > out.txt')",
  "execSync('NODE_OPTIONS=\"$NODE_OPTIONS --no-warnings\" ' + word + ' ' + child + '; exit 0')",
  "exec('NODE_OPTIONS= ls; ' + word + ' ' + child)",
  "execSync('cat <<END\\nenv -i node missing.js\\nEND')",
  'execSync(\'echo "env -i node missing.js" # env -i node missing.js\\ntrue\')',
  "spawn('./uncounted.txt').on('error', () => {})",
  "exec('./uncounted.txt; true')",
  "writeScript(child + '.sh', '#!/bin/sh\\nset -e\\n' + word + ' ' + child); spawnSync('./' + child + '.sh')",
  "writeScript('folder/' + child, '#!/usr/bin/env node'); spawn('./folder').on('error', () => {})",
]

const HEAD = `import { exec, execFile, execFileSync, execSync, fork, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
const node = process.execPath
const word = JSON.stringify(node)
function writeScript(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text, { mode: 0o755 })
}
`

function program(ways: readonly string[]): string {
  return HEAD + ways.map((way, i) => `{ const child = 'child${i}.js'; ${way} }\n`).join('')
}

/** Standard error of a program that starts its children in these ways, and what its counts file says is missing. */
async function childrenOf(
  ways: readonly string[],
  node: string,
): Promise<{ stderr: string; losses: string; counted: string[] }> {
  const names = ways.map((_, i) => `child${i}.js`)
  const folder = folderWith({
    'package.json': '{"name":"demo"}',
    'main.mjs': program(ways),
    'uncounted.txt': 'console.log(1)',
    'heard.js': 'globalThis.x = 1\n',
    ...Object.fromEntries(names.map((name) => [name, `#!${node}\nglobalThis.x = 1\n`])),
  })
  for (const name of names) chmodSync(join(folder, name), 0o755)
  // For another user.
  chmodSync(folder, 0o755)
  const words = ['-c', '-C', join(folder, 'out'), '-f', 'counts', 'main.mjs']
  const { status, stderr } = await tstrace(folder, words, { node })
  expect(status).toBe(0)
  const { counts, losses } = smallCounts(folder)
  return { stderr, losses: [...losses.values()].join('\n'), counted: [...counts.keys()] }
}

const ROWS = NODES.filter(({ major }) => howMany({ short: major === '24', whole: true }))

/** As many names as a sentence has. */
const NAMED = 5

test.skipIf(process.platform === 'win32').each(ROWS)(
  'children that can leave nothing are a loss that names them, in Node.js $major',
  async ({ major, node }) => {
    const ways = [...LOST, ...(Number(major) >= 24 ? FORBIDDEN : [])]
    for (let at = 0; at < ways.length; at += NAMED) {
      const some = ways.slice(at, at + NAMED)
      const { losses, stderr } = await childrenOf(some, node)
      const missing = some.filter((way, i) => !losses.includes(way.includes("'-e'") ? '-e' : `child${i}.js`))
      expect(missing).toEqual([])
      expect(losses).toContain(`Nothing was heard of ${some.length} Node.js processes that were to run `)
      expect(stderr).toContain(`tstrace: ${losses.slice(0, 60)}`)
    }
  },
)

test.skipIf(process.platform === 'win32').each(ROWS)(
  'children that lose nothing are none, in Node.js $major',
  async ({ node }) => {
    const { counted, losses } = await childrenOf(HARMLESS, node)
    expect(losses).toBe('')
    expect(counted).toContain(`child${HARMLESS.indexOf('fork(child)')}.js`)
  },
)
