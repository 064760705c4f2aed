import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CoverageResults } from 'tstrace'
import { describe, expect } from 'vitest'
import { REPOSITORY } from '../install.ts'
import { expectLikeFreshRun } from '../like-a-fresh-run.ts'
import { inTurn } from '../matrix.ts'
import { type Major, majorsOf, type VitestProject, vitestProject } from '../vitest-project.ts'
import { type WatchedRunner, watchRunner } from '../watched-runner.ts'
import { WATCH } from './where.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
const ENDED = /(Waiting for|Watching for) file changes[\s\S]*?press q to quit/

const STARTS = `
import { spawn } from 'node:child_process'
test('starts something', () => new Promise((end) => spawn(process.execPath, ['src/command.cjs']).on('exit', end)))
`

interface Watched
  extends VitestProject,
    Pick<WatchedRunner, 'edit' | 'isQuiet' | 'press' | 'quit' | 'run' | 'until'> {
  /** Presses a key, and answers what Vitest asks then. */
  ask(key: string, prompt: string, answer: string): Promise<string>
  isLikeFresh(): Promise<void>
}

function watching(major: Major, TSTRACE: string, args: readonly string[] = []): Watched {
  const project = vitestProject(major, FIXTURE)
  const program = join(
    REPOSITORY,
    major === 5 ? '' : `runners/vitest-${major}`,
    'node_modules/vitest/vitest.mjs',
  )
  const options = ['--reporter=tstrace', ...args]
  const { folder } = project
  const runner = watchRunner({ program, args: options, folder, ended: ENDED, env: { TSTRACE } })
  return {
    ...project,
    ...runner,
    async ask(key, prompt, answer) {
      runner.press(key)
      await runner.until(prompt)
      return runner.run(() => runner.press(`${answer}\r`))
    },
    isLikeFresh: () =>
      expectLikeFreshRun({
        folder,
        run: (more) => project.vitest(options, { env: { TSTRACE: `${TSTRACE} ${more}` } }),
      }),
  }
}

describe.each(majorsOf(WATCH))('Vitest %i', (major) => {
  const test = inTurn(majorsOf(WATCH), major)

  test('the report is that of one fresh run, whatever is edited, added, renamed and removed', async () => {
    const options = '--trackcalls --listfuncs --html --format istanbul --format lcov'
    const vitest = watching(major, options)
    const first = await vitest.run()
    expect(first).toContain('\nlines   cov%   module   (path)\n    3   100%   src.label   (src/label.ts)\n')
    expect(first).toContain('\nWritten to coverage/tstrace/: ')
    // The report that was written is no reason to run again.
    expect(await vitest.isQuiet()).toBe(true)

    const shifted = await vitest.edit('src/label.ts', (text) => `// a line more\n${text}`)
    expect(shifted).toContain('\nNo source runs other lines than before.\n')
    expect(shifted).not.toContain('cov%')
    expect(shifted).not.toContain('Written to')
    expect(vitest.read('coverage/tstrace/src/label.cover')).toMatch(/^ {7}\/\/ a line more\n {4}1: import/)
    expect(vitest.read('coverage/tstrace/src/shop.cover')).toContain('    3:   if (amount > 10) {\n')

    const fewer = await vitest.edit('test/shop.test.ts', (text) =>
      text.slice(0, text.indexOf("\ntest('a large")),
    )
    expect(fewer).toContain(
      '\nsrc/shop.ts: 1 line no longer run\nThe whole table is in coverage/tstrace/summary.txt.\n',
    )
    const more = await vitest.edit(
      'test/new.test.ts',
      () =>
        "import { expect, test } from 'vitest'\nimport { price } from '../src/shop'\ntest('new', () => expect(price(11)).toBe(9.9))\n",
    )
    expect(more).toContain('\nsrc/shop.ts: 1 line newly run\n')
    await vitest.isLikeFresh()

    const broken = await vitest.edit('src/label.ts', (text) => text.replace('return', 'return ('))
    expect(broken).toContain('\nsrc/label.ts: nothing runs any more\n')
    const mended = await vitest.edit('src/label.ts', (text) =>
      text.replace('return (', 'if (amount < 0) return\n  return'),
    )
    expect(mended).toContain('\nsrc/label.ts: ')
    // Nothing runs for a test file that is removed.
    const remove = (path: string): void => rmSync(join(vitest.folder, path))
    remove('test/new.test.ts')
    await vitest.until('src/shop.ts: 1 line no longer run\n')
    const text = vitest.read('test/label.test.ts')
    remove('test/label.test.ts')
    await vitest.until('src/label.ts: nothing runs any more\n')
    await vitest.edit('test/named.test.ts', () => text)

    // A source under another name.
    const shop = vitest.read('src/shop.ts')
    vitest.write('src/store.ts', shop)
    await vitest.edit('src/label.ts', (label) => label.replace('./shop', './store'))
    await vitest.edit('test/shop.test.ts', (label) => label.replace('src/shop', 'src/store'))
    remove('src/shop.ts')
    expect(existsSync(join(vitest.folder, 'coverage/tstrace/src/shop.cover'))).toBe(false)
    await vitest.isLikeFresh()
    await vitest.quit('q')
  })

  test('tests that are left out by name keep their numbers, as long as their texts are the same', async () => {
    const vitest = watching(major, '--contexts test --trackcalls')
    await vitest.run()
    const part = await vitest.ask('t', 'Input test name pattern', 'small')
    expect(part).toContain('1 skipped')
    expect(part).toContain('\nNo source runs other lines than before.\n')
    expect(part).not.toContain('tstrace: ')
    await vitest.isLikeFresh()

    // The pattern holds for what runs now, and what was left out has run another text.
    const outdated = await vitest.edit('src/shop.ts', (text) => `// a line more\n${text}`)
    expect(outdated).toContain(
      'tstrace: src/shop.ts has changed, and tests of test/label.test.ts and test/shop.test.ts have not run since: what they ran of it is not in the report until then.\n',
    )
    const all = await vitest.run(() => vitest.press('a'))
    expect(all).not.toContain('tstrace: ')

    vitest.write('src/command.cjs', '')
    const failed = await vitest.edit(
      'test/label.test.ts',
      (text) => `${text.replace('costs 5', 'costs 6')}${STARTS}`,
    )
    expect(failed).toContain('1 failed')
    expect(failed).toContain('1 Node.js process (src/command.cjs) that tests started was not counted.')
    const again = await vitest.run(() => vitest.press('f'))
    expect(again).toContain('Test Files  1 failed (1)')
    // What was said of the last run is not news.
    expect(again).not.toContain('tstrace: ')
    const named = await vitest.ask('p', 'Input filename pattern', 'shop.test.ts')
    expect(named).toContain('Filename pattern: shop.test.ts\n')
    await vitest.isLikeFresh()
    await vitest.quit('q')
  })

  test('without contexts by test a part is said to be one, modules may be shared, and a watch is one run', async () => {
    const options = '--file all.counts --fail-under 99'
    const vitest = watching(major, options, ['--no-isolate', '--no-file-parallelism'])
    await vitest.run()
    const part = await vitest.ask('t', 'Input test name pattern', 'small')
    expect(part).toContain('\nsrc/shop.ts: 1 line no longer run\n')
    expect(part).toContain('The report has only what some tests of test/shop.test.ts ran, ')
    expect(part).toContain('Test files share modules (`isolate: false`), ')
    expect(part).toContain('Of all lines 87.5% (7 of 8) ran, less than the 99% of failUnder.')
    await vitest.run(() => vitest.press('a'))
    expect(vitest.read('coverage/tstrace/src/shop.cover')).toContain('    2: export const loaded =')
    await vitest.edit('test/label.test.ts', (text) => `// a line more\n${text}`)
    expect(vitest.read('coverage/tstrace/src/shop.cover')).toContain('    4: export const loaded =')
    expect(vitest.read('coverage/tstrace/src/shop.cover')).toContain('    3:   if (amount > 10) {\n')

    // Another configuration is another watch.
    const restarted = await vitest.edit(
      'vitest.config.ts',
      () => "export default { test: { include: ['test/shop*'] } }\n",
    )
    expect(restarted).toContain('\nlines   cov%   module   (path)\n')
    expect(restarted).not.toContain('src/label.ts')
    await vitest.quit('q')
    const runs = readFileSync(join(vitest.folder, 'all.counts'), 'utf8').match(/^run\t.*$/gm) ?? []
    expect(runs).toHaveLength(2)
    const sum = new CoverageResults(join(vitest.folder, 'all.counts'), { root: vitest.folder })
    expect(sum.lineCounts('src/shop.ts').get(2)).toBe(5)
  })
})
