import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { REPOSITORY } from '../install.ts'
import { JEST_MAJORS, type JestProject, jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { NODE } from '../node.ts'

const FIXTURE = new URL('../jest-recurse/fixtures/', import.meta.url)

/** A Jest that waits for changes, and what it has printed so far. */
function watching(
  program: string,
  project: JestProject,
): { runs(): number; waitFor(count: number): Promise<void>; stop(): Promise<NodeJS.Signals | null> } {
  const { PATH = '', HOME = '' } = process.env
  const TMPDIR = join(project.folder, '../temporary')
  mkdirSync(TMPDIR)
  const child: ChildProcess = spawn(NODE, [program, '--watchAll', '-i'], {
    cwd: project.folder,
    env: { PATH, HOME, TMPDIR, NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (printed += String(text)))
  const runs = (): number => printed.split('Ran all test suites').length - 1
  return {
    runs,
    async waitFor(count) {
      // Longer than any machine takes, and shorter than the test may: the failure shows what was printed.
      const end = performance.now() + 100_000
      while (runs() < count && performance.now() < end) await sleep(50)
      expect(runs(), printed).toBe(count)
    },
    async stop() {
      const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
      child.kill('SIGINT')
      const [, signal] = await ended
      expect(readdirSync(TMPDIR).filter((name) => name.startsWith('tstrace-'))).toEqual([])
      return signal
    },
  }
}

test.each(JEST_MAJORS)(
  'Jest %i: watching runs once for each change, and counts each run anew',
  async (major) => {
    const project = jestProject(major, FIXTURE, {
      transform: TRANSFORMS['@swc/jest'],
      reporters: ['default', 'tstrace/jest'],
    })
    const program = join(REPOSITORY, major === 30 ? '' : 'runners/jest-29', 'node_modules/jest/bin/jest.js')
    const jest = watching(program, project)
    await jest.waitFor(1)
    const listing = (): string => project.read('coverage/tstrace/src/recurse.cover')
    expect(listing()).toContain('    3:   if (level) {')
    // The report that was written must be no reason to run again.
    await sleep(1500)
    expect(jest.runs()).toBe(1)
    // In one step: whoever watches sees a file that is written as two changes, if it has the time.
    project.write('../recurse.ts', `// a line more\n${project.read('src/recurse.ts')}`)
    renameSync(join(project.folder, '../recurse.ts'), join(project.folder, 'src/recurse.ts'))
    await jest.waitFor(2)
    expect(listing()).toMatch(/^ {7}\/\/ a line more\n {4}1: export/)
    expect(listing()).toContain('    3:   if (level) {')
    await sleep(1500)
    expect(jest.runs()).toBe(2)
    expect(await jest.stop()).toBe('SIGINT')
  },
)
