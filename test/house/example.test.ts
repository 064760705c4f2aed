import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root, runCommand } from './workspace.ts'

const example = join(root, 'examples/vitest-basic')

/** Without the times, which differ from run to run, and without blanks that Markdown would lose. */
const steady = (text: string): string =>
  text
    .replaceAll(/\d+(\.\d+)?m?s\b.*$/gm, 'TIME')
    .replaceAll(/\d\d:\d\d:\d\d/g, 'TIME')
    .replaceAll(/ +$/gm, '')

const screensOf = (page: string): string[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^```text\n(.*?)^```$/gms)].map(([, screen = '']) =>
    steady(screen),
  )

async function npmRun(args: string[], env: Record<string, string> = {}): Promise<string> {
  const { output, status } = await runCommand('npm', args, { cwd: example, env })
  expect(status, output).toBe(0)
  return steady(output)
}

test('the screens in the READMEs are what the example prints', async () => {
  const demo = await npmRun(['run', 'demo'])
  const screens = screensOf('README.md')
  expect(screens).toHaveLength(3)
  const [summary, listing, calls] = screens as [string, string, string]
  expect(demo).toContain(summary)
  expect(demo).toContain(listing)
  expect(screensOf('packages/tstrace/README.md')).toEqual([summary, listing])
  const asked = { TSTRACE: '--listfuncs --trackcalls' }
  expect(await npmRun(['exec', '--', 'vitest', 'run', '--reporter=tstrace'], asked)).toContain(calls)
})

test('only times are passed over', () => {
  const rows = '    6    83%   src.recurse   (src/recurse.ts)\n    3:   if (level) {\n'
  expect(steady(rows)).toBe(rows)
  expect(steady('   Start at  12:46:52\n   Duration  207ms (tests 5%)\n')).toBe(
    '   Start at  TIME\n   Duration  TIME\n',
  )
})
