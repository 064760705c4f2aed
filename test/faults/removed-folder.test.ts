import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { REPOSITORY } from '../e2e/install.ts'
import { NODE, plainEnvironment } from '../e2e/node.ts'
import { FRONT_ENDS, frontEndsBut, type SmallProject } from './front-ends.ts'
import { expectNoSilentLoss, smallCounts } from './small-project.ts'

/** Removes the folder of the run in the middle of a source. */
const REMOVING = `import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'

for (const name of readdirSync(tmpdir()))
  if (name.startsWith('tstrace-')) rmSync(join(tmpdir(), name), { recursive: true, force: true })

`

function runFolders({ temporary }: SmallProject): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('tstrace-'))
}

test.each(frontEndsBut('Vitest'))(
  '%s: a folder that is removed while the run goes on costs counts with a sentence, and nothing else',
  async (_name, make) => {
    const project = make()
    const { folder } = project
    expect(await project.run()).toMatchObject({ status: 0 })
    const whole = smallCounts(folder)
    const program = ['main.mjs', 'test/two.test.ts'].map((name) => join(folder, name)).find(isFile) ?? ''
    writeFileSync(program, `${readFileSync(program, 'utf8')}\n${REMOVING}`)
    const { status, stderr } = await project.run()
    expect(status, stderr).toBe(0)
    const after = smallCounts(folder)
    const counts = new Map([...whole.counts].filter(([path]) => path.startsWith('src/')))
    expectNoSilentLoss({ whole: { ...whole, counts }, before: whole, after, folder, stderr })
    expect(stderr).toContain('tstrace: Somebody has removed ')
    expect(runFolders(project)).toEqual([])
  },
)

function isFile(path: string): boolean {
  try {
    return readFileSync(path).length > 0
  } catch {
    return false
  }
}

test('Vitest, watching: a folder that is gone between two runs is made again, and the next run is whole', async () => {
  const [[, make] = []] = Object.entries(FRONT_ENDS)
  const project = (make as () => SmallProject)()
  const { folder, temporary } = project
  const program = join(REPOSITORY, 'node_modules/vitest/vitest.mjs')
  const child: ChildProcess = spawn(NODE, [program, '--watch', '--reporter=default', '--reporter=tstrace'], {
    cwd: folder,
    env: { ...plainEnvironment(), NO_COLOR: '1', TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (printed += String(text)))
  const until = async (isTrue: () => boolean): Promise<void> => {
    // Longer than any machine takes, and shorter than the test may: the failure shows what was printed.
    const end = performance.now() + 100_000
    while (!isTrue() && performance.now() < end) await sleep(50)
    expect(isTrue(), printed).toBe(true)
  }
  await until(() => printed.includes('Waiting for file changes'))
  const [name = ''] = runFolders(project)
  rmSync(join(temporary, name), { recursive: true })
  printed = ''
  const source = join(folder, 'src/one.ts')
  writeFileSync(source, `// a line more\n${readFileSync(source, 'utf8')}`)
  await until(() => printed.includes('Waiting for file changes'))
  expect(printed).not.toContain('tstrace:')
  expect(printed).not.toMatch(/^ {4}at /m)
  const listing = readFileSync(join(folder, 'coverage/tstrace/src/one.cover'), 'utf8')
  expect(listing).toMatch(/^ {7}\/\/ a line more\n {4}1: export function one/)
  expect(listing).toContain('  300:     sum += 1')
  expect(runFolders(project)).toEqual([name])
  child.kill('SIGINT')
  await until(() => child.exitCode !== null || child.signalCode !== null)
  expect(runFolders(project)).toEqual([])
})
