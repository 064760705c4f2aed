import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CoverageResults } from 'tstrace'
import { describe, expect } from 'vitest'
import { REPOSITORY } from '../install.ts'
import { type JestMajor, type JestProject, jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { expectLikeFreshRun } from '../like-a-fresh-run.ts'
import { inTurn } from '../matrix.ts'
import { type WatchedRunner, watchRunner } from '../watched-runner.ts'
import { WATCH } from './where.ts'

const FIXTURE = new URL('../vitest-watch/fixtures/', import.meta.url)
const ENDED = /Ran all test suites[\s\S]*?(to show more|to trigger a test run)\./

interface Watched
  extends JestProject,
    Pick<WatchedRunner, 'edit' | 'isQuiet' | 'press' | 'quit' | 'run' | 'until'> {
  /** Presses a key, and answers what Jest asks then. */
  ask(key: string, answer: string): Promise<string>
  remove(path: string): Promise<string>
  isLikeFresh(): Promise<void>
}

interface Started {
  readonly config?: object
  readonly args: readonly string[]
  readonly options?: string
}

function watching(major: JestMajor, { args, config, options = '' }: Started): Watched {
  const project = jestProject(major, FIXTURE, {
    transform: TRANSFORMS['@swc/jest'],
    reporters: ['default', 'tstrace/jest'],
    ...config,
  })
  const { folder } = project
  const program = join(REPOSITORY, major === 30 ? '' : 'runners/jest-29', 'node_modules/jest/bin/jest.js')
  const runner = watchRunner({ program, args, folder, ended: ENDED, env: { TSTRACE: options } })
  return {
    ...project,
    ...runner,
    async ask(key, answer) {
      runner.press(key)
      await runner.until('pattern ›')
      // Jest takes what comes at once for one key.
      for (let typed = 1; typed <= answer.length; typed++) {
        runner.press(answer.slice(typed - 1, typed))
        await runner.until(`pattern › ${answer.slice(0, typed)}`)
      }
      return runner.run(() => runner.press('\r'))
    },
    remove: (path) => runner.run(() => rmSync(join(folder, path))),
    isLikeFresh: () =>
      expectLikeFreshRun({
        folder,
        run: (more) => project.jest([], { env: { TSTRACE: `${options} ${more}` } }),
      }),
  }
}

describe.each(WATCH.jest)('Jest %i', (major) => {
  const test = inTurn(WATCH.jest, major)

  test('the report is that of one fresh run, whatever is edited, added, renamed, removed and left out', async () => {
    const jest = watching(major, {
      args: ['--watchAll', '-i'],
      options: '--contexts test --trackcalls --html',
    })
    const first = await jest.run()
    expect(first).toContain('\nlines   cov%   module   (path)\n    3   100%   src.label   (src/label.ts)\n')
    // The report that was written is no reason to run again.
    expect(await jest.isQuiet()).toBe(true)

    const shifted = await jest.edit('src/label.ts', (text) => `// a line more\n${text}`)
    expect(shifted).toContain('No source runs other lines than before.\n')
    expect(shifted).not.toContain('cov%')
    expect(jest.read('coverage/tstrace/src/label.cover')).toMatch(/^ {7}\/\/ a line more\n {4}1: import/)
    const fewer = await jest.edit('test/shop.test.ts', (text) =>
      text.slice(0, text.indexOf("\ntest('a large")),
    )
    expect(fewer).toContain(
      'src/shop.ts: 1 line no longer run\nThe whole table is in coverage/tstrace/summary.txt.\n',
    )
    const text = jest.read('test/label.test.ts')
    const gone = await jest.remove('test/label.test.ts')
    expect(gone).toContain('src/label.ts: nothing runs any more\n')
    await jest.edit('test/named.test.ts', () => text.replace('5)', '11)').replace('costs 5', 'costs 9.9'))

    // What the pattern leaves out keeps its numbers until a text that it ran has changed.
    const part = await jest.ask('t', 'small')
    expect(part).toContain('1 skipped')
    expect(part).toContain('No source runs other lines than before.\n')
    expect(part).not.toContain('tstrace: ')
    await jest.isLikeFresh()
    const outdated = await jest.edit('src/shop.ts', (shop) => `// a line more\n${shop}`)
    expect(outdated).toContain(
      'tstrace: src/shop.ts has changed, and tests of test/named.test.ts have not run since: what they ran of it is not in the report until then.\n',
    )
    expect(outdated).toContain('src/shop.ts: 1 line no longer run\n')
    const all = await jest.run(() => jest.press('a'))
    expect(all).not.toContain('tstrace: ')
    await jest.isLikeFresh()
    await jest.quit('q')
  })

  test('without contexts by test a part is said to be one, nothing is written where Jest looks, and a watch is one run', async () => {
    const options = '-C reports --file all.counts --fail-under 99 --select main'
    const jest = watching(major, { args: ['--watchAll'], options })
    const first = await jest.run()
    expect(first).toContain('tstrace: Option "select" chooses test files where ')
    expect(first).toContain('\nlines   cov%   module   (path)\n')
    expect(first).toContain(
      'tstrace: Nothing is written into reports while Jest watches, because Jest would run again for it, and again: ',
    )
    expect(await jest.isQuiet()).toBe(true)
    const named = await jest.ask('p', 'shop')
    expect(named).toMatch(/Ran all test suites matching (shop|\/shop\/i)\./)
    expect(named).toContain('No source runs other lines than before.\n')
    expect(named).not.toContain('tstrace: Option')
    const part = await jest.ask('t', 'small')
    expect(part).toContain('src/shop.ts: 1 line no longer run\n')
    expect(part).toContain('The report has only what some tests of test/shop.test.ts ran, ')
    expect(part).toContain('Of all lines 87.5% (7 of 8) ran, less than the 99% of failUnder.')
    const all = await jest.run(() => jest.press('a'))
    expect(all).toContain('src/shop.ts: 1 line newly run\n')
    await jest.quit('q')
    expect(existsSync(join(jest.folder, 'reports'))).toBe(false)
    const sum = new CoverageResults(join(jest.folder, 'all.counts'), { root: jest.folder })
    expect(sum.lineCounts('src/shop.ts').get(2)).toBe(3)
  })
})
