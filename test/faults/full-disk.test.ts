import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folderWith, tstrace } from '../e2e/cli-command/tstrace-command.ts'
import { frontEndsBut } from './front-ends.ts'
import { howMany } from './how-many.ts'
import { expectNoSilentLoss, smallCounts } from './small-project.ts'

const PRELOAD = fileURLToPath(new URL('./fixtures/full-disk.cjs', import.meta.url))

/** Bytes that have room in the folder of a run: from nothing at all to what is more than it needs. */
const ROOMS = [0, 1200, 3000, 1, 60, 300, 700, 2000, 5000, 100_000].slice(0, howMany({ short: 2, whole: 10 }))

/** The environment of a run whose folder in one for temporary files has room for so many bytes. */
function withRoom(temporary: string, room: number): Record<string, string> {
  return {
    ...{ TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    NODE_OPTIONS: `--require "${PRELOAD}"`,
    FULL_DISK_FOLDER: temporary,
    FULL_DISK_BYTES: `${room}`,
  }
}

test.each(frontEndsBut('Jest'))(
  '%s: a folder for temporary files that fills up costs counts with a sentence, and nothing else',
  async (_name, make) => {
    const { folder, run, temporary } = make()
    const first = await run()
    expect(first, first.stderr).toMatchObject({ status: 0 })
    const whole = smallCounts(folder)
    for (const room of ROOMS) {
      const before = smallCounts(folder)
      const ended = await run({ env: withRoom(temporary, room) })
      expect(ended.status, ended.stderr).toBe(0)
      expectNoSilentLoss({ whole, before, after: smallCounts(folder), folder, stderr: ended.stderr })
    }
    expect(readdirSync(temporary).filter((name) => name.startsWith('tstrace-'))).toEqual([])
    const strict = await tstrace(folder, ['--report', '--strict', '-f', 'counts', '-C', 'sum'])
    expect(strict).toMatchObject({ status: 1, stderr: expect.stringContaining('TST_COUNTS_UNSOUND') })
  },
)

const UNCOUNTED = /^tstrace: Cannot write counts into .*ENOSPC.* \[TST_CANNOT_WRITE\]\n$/

test('a program that needs us to run, runs where no folder can be made, with its children', async () => {
  const folder = folderWith({
    'main.ts': `import { execFileSync } from 'node:child_process'
enum Where { Here = 1, There }
console.log(Where[Number(process.argv[2] ?? 1)])
if (!process.argv[2]) execFileSync(process.execPath, [import.meta.filename, '2'], { stdio: 'inherit' })
`,
  })
  const ended = await tstrace(folder, ['-c', '-C', 'out', 'main.ts'], { env: withRoom(folder, 0) })
  expect(ended).toMatchObject({
    status: 1,
    stdout: 'Here\nThere\n',
    stderr: expect.stringMatching(UNCOUNTED),
  })
  expect(readdirSync(folder)).toEqual(['main.ts'])
})

const WAITING = "console.log('ready')\nsetInterval(() => {}, 1000)\n"
const HANDLING = `process.on('SIGINT', () => {
  console.log('heard')
  setTimeout(() => process.exit(4), 1500)
})
`

test.skipIf(process.platform === 'win32').each([
  ['ends by a signal', WAITING, { status: null, signal: 'SIGINT', stdout: 'ready\n' }],
  ['handles a signal', `${HANDLING}${WAITING}`, { status: 4, signal: null, stdout: 'ready\nheard\n' }],
])('a program that %s does so where no folder can be made', async (_what, program, expected) => {
  const folder = folderWith({ 'a.cjs': program })
  const options = { env: withRoom(folder, 0), interrupt: { signal: 'SIGINT' as const, after: 'ready' } }
  const ended = await tstrace(folder, ['-c', '-C', 'out', 'a.cjs'], options)
  expect(ended).toEqual({ ...expected, stderr: expect.stringMatching(UNCOUNTED) })
})
