import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { printTight } from './print-tight.ts'

const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']

/** Runs a script beside this one with what it is given on its command line. */
async function printed(script: string, parameters: readonly string[] = []): Promise<string> {
  const file = fileURLToPath(new URL(script, import.meta.url))
  const run = promisify(execFile)(process.execPath, [...flags, file, ...parameters])
  const { stdout } = await run.catch((error: { stdout: string }) => error)
  return stdout
}

test('some generated programs and installed files are the same with counters', async () => {
  const seed = String(Date.now() % 2 ** 31)
  const output = await printed('./fuzz.ts', ['--seed', seed, '--programs', '80', '--files', '40'])
  expect(output).toContain('80 generated modules: the same')
  expect(output).toContain('80 generated scripts: the same')
  expect(output).toMatch(/^40 of \d+ installed files: the same$/m)
})

test('what it looks for is found', async () => {
  const found = JSON.parse(await printed('./broken-on-purpose.ts')) as Record<string, string[]>
  expect(found).toEqual({
    name: ['joined word voidcov_1', 'joined: voidcov_1(1);'],
    joined: ['joined: x;voidin1;'],
    hidden: ['engineFails: true became false'],
    made: ['parserFails: false became true', 'engineFails: false became true'],
    exports: [expect.stringMatching(/^exports: .*\["x"\].* became .*"exports":\[\]/)],
    behaviour: [2, 3, 4, 5, 6].map(
      (runs, index) =>
        `${['counts', 'branches', 'calls', 'live', 'calls beside coverage'][index]}: line 0 of 1: ${runs}, not 1`,
    ),
  })
})

test('tight programs have the blanks that they need, and no other', () => {
  const tokens = ['a', 'in', '(', 'b', ')', 'typeof', 'c', '+', '+', 'd', '-', '-', '1', '/', '/r/', 'ü']
  expect(printTight(tokens)).toBe('a in(b)typeof c+ +d- -1/ /r/ü')
})
