import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, tstrace } from '../e2e/cli-command/tstrace-command.ts'
import type { Ended } from '../e2e/command.ts'
import { jestProject } from '../e2e/jest-project.ts'
import { TRANSFORMS } from '../e2e/jest-transforms.ts'
import { NEWEST, vitestProject } from '../e2e/vitest-project.ts'
import { howMany } from './how-many.ts'

const PROGRAM = {
  'package.json': '{"name":"demo","type":"module"}',
  'main.js': "import './src/a.js'\nconsole.log('ran')\nif (process.argv[2]) process.exit(3)\n",
  'src/a.js': 'let a = 1\na++\n',
}

const PLACES: readonly (readonly [what: string, file: string, said: RegExp])[] = [
  ['a folder', 'src', /Cannot write .*src: it is a folder \(EISDIR\)\. Choose another name\./],
  ['something else', 'package.json', /package\.json is not a tstrace counts file: .* \[TST_COUNTS_FOREIGN\]/],
  ['a damaged one', 'damaged', /damaged is damaged: .* \[TST_COUNTS_DAMAGED\]/],
  ['below a file', 'main.js/counts', /Cannot write .*ENOTDIR/],
]

describe.each(PLACES.slice(0, howMany({ short: 2, whole: PLACES.length })))(
  'a counts file that is %s',
  (_, file, said) => {
    const files = { ...PROGRAM, damaged: 'tstrace-counts\t1\n' }

    test.each(['-cR', '-csC out'])('ends the command with 1: %s', async (words) => {
      const folder = folderWith(files)
      const options = [...words.split(' '), '-f', file, 'main.js']
      const ended = await tstrace(folder, options)
      expect(ended).toMatchObject({ status: 1, stdout: expect.stringMatching(/^ran\n/) })
      expect(ended.stderr).toMatch(said)
      // What was meant is to write there.
      expect(ended.stderr).not.toContain('Cannot read')
      expect(await tstrace(folder, [...options, 'fail'])).toMatchObject({ status: 3 })
    })
  },
)

describe('a report that lacks something', () => {
  const LACKING: readonly (readonly [what: string, change: (folder: string) => void, said: string])[] = [
    [
      'a source that is gone',
      (folder) => rmSync(join(folder, 'src/a.js')),
      'No listing for src/a.js: it is not there any more.',
    ],
    [
      'a source that has changed',
      (folder) => writeFileSync(join(folder, 'src/a.js'), 'changed()\n'),
      'No listing for src/a.js: the text that ran is not the one on disk.',
    ],
  ]

  test.each(LACKING)('with --strict it ends with 1: %s', async (_, change, said) => {
    const folder = folderWith(PROGRAM)
    await tstrace(folder, ['-cR', '-f', 'counts', 'main.js'])
    const words = ['-rs', '-f', 'counts', '-C', 'out']
    const strict = [...words, '--strict']
    expect(await tstrace(folder, strict)).toMatchObject({ status: 0, stderr: '' })
    change(folder)
    expect(await tstrace(folder, words)).toMatchObject({ status: 0, stderr: `tstrace: ${said}\n` })
    const ended = await tstrace(folder, strict)
    expect(ended).toMatchObject({ status: 1, stderr: `tstrace: ${said}\n` })
    expect(ended.stdout).toContain('(src/a.js)')
  })

  test('calls that nobody recorded', async () => {
    const folder = folderWith(PROGRAM)
    await tstrace(folder, ['-cR', '-f', 'counts', 'main.js'])
    const words = ['-rT', '-f', 'counts', '-C', 'out']
    expect((await tstrace(folder, words)).status).toBe(0)
    expect(await tstrace(folder, [...words, '--strict'])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^tstrace: No calls are in the counts files/),
    })
  })
})

test('of several texts that ran, the one on disk has a listing, and the others are said to have none', async () => {
  const folder = folderWith(PROGRAM)
  const run = async (text: string): Promise<void> => {
    writeFileSync(join(folder, 'src/a.js'), text)
    await tstrace(folder, ['-cR', '-f', 'counts', 'main.js'])
  }
  for (const text of ['let a = 1\n', 'let b = 1\n', 'let c = 1\n']) await run(text)
  const report = (): Promise<{ stderr: string }> => tstrace(folder, ['-rs', '-f', 'counts', '-C', 'out'])
  expect((await report()).stderr).toBe(
    'tstrace: The listing of src/a.js is that of the text on disk: 2 other texts of it ran, too, and have only their rows.\n',
  )
  writeFileSync(join(folder, 'src/a.js'), 'let d = 1\n')
  expect((await report()).stderr).toBe(
    'tstrace: No listing for src/a.js, of which 3 texts ran: the text that ran is not the one on disk.\n',
  )
  rmSync(join(folder, 'src/a.js'))
  expect((await report()).stderr).toBe(
    'tstrace: No listing for src/a.js, of which 3 texts ran: it is not there any more.\n',
  )
})

/** A project in a runner, run with options in `TSTRACE`. */
const RUNNERS: Readonly<Record<string, () => (options: string) => Promise<Ended>>> = {
  Vitest: () => {
    const project = vitestProject(NEWEST, new URL('../e2e/recurse/fixtures/', import.meta.url))
    return (options) => project.vitest(['--reporter=tstrace'], { env: { TSTRACE: options } })
  },
  Jest: () => {
    const fixture = new URL('../e2e/jest-recurse/fixtures/', import.meta.url)
    const reporters = ['default', 'tstrace/jest']
    const project = jestProject(30, fixture, { transform: TRANSFORMS.esbuild, reporters })
    return (options) => project.jest([], { env: { TSTRACE: options } })
  },
}

describe.each(Object.entries(RUNNERS))('%s', (_, make) => {
  test('counts that cannot be kept', async () => {
    const run = make()
    const loose = await run('--no-report -f src')
    expect(loose.status).toBe(0)
    expect(loose.stderr).toMatch(
      /tstrace: Cannot write \S*src: it is a folder \(EISDIR\)\. Choose another name\./,
    )
    expect(loose.stderr).not.toContain('Cannot read')
    expect((await run('--no-report -f src --strict')).status).toBe(1)
  })

  test('nothing that could be kept', async () => {
    const run = make()
    const nothing =
      'tstrace: Nothing is kept of this run: `noReport` writes no report, and no counts file is named. ' +
      'Name one with `file`, or leave `noReport` out.\n'
    const { status, stderr } = await run('--no-report')
    expect({ status, said: stderr.includes(nothing) }, stderr).toEqual({ status: 0, said: true })
    expect((await run('--no-report --debug')).stderr).not.toContain('Nothing is kept')
  })
})
