import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folderWith, tstrace } from '../e2e/cli-command/tstrace-command.ts'
import { NODE, NODE_VERSION } from '../e2e/node.ts'
import { howMany } from './how-many.ts'

/*
 * What a process is not allowed, or has no room for, before and while it runs: each has a sentence of its own, and no stack.
 */

const BIN = fileURLToPath(import.meta.resolve('tstrace').replace(/dist\/index\.js$/, 'bin/tstrace.js'))
const REFUSING = fileURLToPath(new URL('refusing-system.cjs', import.meta.url))
const MAIN = { 'package.json': '{"name":"demo"}', 'main.js': 'console.log(1)\n' }

test('native addons', async () => {
  const folder = folderWith({
    ...MAIN,
    'parent.js': "require('child_process').execFileSync(process.execPath, ['--no-addons', 'main.js'])\n",
  })
  const SAID = 'Node.js was told to load no native addons, and the parser of tstrace is one'
  const env = { NODE_OPTIONS: '--no-addons' }
  expect(await tstrace(folder, ['-c', '-C', 'out', 'main.js'], { env })).toEqual({
    status: 1,
    signal: null,
    stdout: '',
    stderr: expect.stringMatching(`^tstrace: ${SAID}.*\n$`),
  })
  const child = await tstrace(folder, ['-c', '-C', 'out', 'parent.js'])
  expect(child).toMatchObject({
    status: 0,
    stderr: expect.stringContaining(`${SAID}: nothing is traced. Leave`),
  })
  expect(child.stderr).toContain('One process or thread ran without being traced')
})

test.skipIf(NODE_VERSION[0] < 24)('children', async () => {
  const env = {
    NODE_OPTIONS: '--permission --allow-addons --allow-fs-read=* --allow-fs-write=* --no-warnings',
  }
  const { status, stderr } = await tstrace(folderWith(MAIN), ['-c', '-C', 'out', 'main.js'], { env })
  expect(status).toBe(1)
  expect(stderr).toBe(
    "tstrace: Cannot go on: Node's permission model forbids it (ERR_ACCESS_DENIED). Allow it (`--allow-fs-write`, " +
      '`--allow-child-process`), or leave `--permission` out. [TST_SYSTEM]\n',
  )
})

test.skipIf(process.platform === 'win32')('open files', async () => {
  const folder = folderWith(MAIN)
  const said: string[] = []
  // Where Node itself can go on and we cannot depends on its release.
  for (const most of howMany({ short: [21, 22], whole: [18, 19, 20, 21, 22, 23, 24, 25, 26] })) {
    const words = ['-c', `ulimit -n ${most}; exec "$0" "$@"`, NODE, BIN, '-c', '-C', 'out', 'main.js']
    const child = spawn('sh', words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')])
    if (stderr.includes('core/dist')) said.push(stderr)
  }
  for (const stderr of said) expect(stderr).not.toMatch(/^ {4}at /m)
  for (const stderr of said) expect(stderr).toContain('too many files are open (EMFILE). Raise the limit')
})

test.each(['EMFILE', 'EFBIG'])('of those who count: %s has its own way out', async (code) => {
  const folder = folderWith({ ...MAIN, 'temporary/a': '' })
  const env = {
    NODE_OPTIONS: `--require ${REFUSING}`,
    REFUSE_CODE: code,
    REFUSE_BELOW: '.open',
    TMPDIR: join(folder, 'temporary'),
  }
  const { status, stderr, stdout } = await tstrace(folder, ['-c', '-C', 'out', 'main.js'], { env })
  expect({ status, stdout }).toEqual({ status: 0, stdout: '1\n' })
  const option = code === 'EMFILE' ? '-n' : '-f'
  expect(stderr).toContain(`the folder for temporary files (${code}): what it counted may be missing`)
  expect(stderr).toContain(`Raise the limit (\`ulimit ${option}\`)`)
  expect(stderr).not.toContain('Make room')
})
