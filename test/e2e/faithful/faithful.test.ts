import { expect, test } from 'vitest'
import type { Ended } from '../command.ts'
import { rowsOf } from '../matrix.ts'
import { MAJORS, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

/** The test file into which Vitest writes snapshots. */
const WRITTEN = 'test/new.test.ts'

/** What a run says without its times, and without what tstrace says in front of its summary. */
function said({ status, stdout, stderr }: Ended): object {
  const timeless = stdout
    .replace(/\n\nlines {3}cov%[\s\S]*?\nWritten to [^\n]*\n/, '\n')
    .replace(/\d+(\.\d+)?m?s\b/g, 'TIME')
    .replace(/^ *(Start at|Duration).*\n/gm, '')
    .replace(/^ *(Isolate|at least|Cache).*\n/gm, '')
    .trimEnd()
  return { status, stderr, stdout: timeless.split('\n').sort() }
}

test.each(rowsOf({ major: MAJORS, TSTRACE: ['', '--trackcalls'] }, 1))(
  'Vitest $major says the same, and writes the same inline snapshots, with and without tracing $TSTRACE',
  async ({ major, TSTRACE }) => {
    const alone = vitestProject(major, FIXTURE)
    const plain = await alone.vitest(['--includeTaskLocation'])
    expect(plain.stderr).toContain('src/ledger.ts:5:27')
    expect(plain.stderr).toContain('at the bottom')
    expect(plain.stdout).toContain('Tests  5 failed | 3 passed')
    expect(alone.read(WRITTEN)).toContain('toMatchInlineSnapshot(`5`)')
    const made = vitestProject(major, FIXTURE)
    const traced = await made.vitest(['--includeTaskLocation', '--reporter=tstrace'], { env: { TSTRACE } })
    expect(said(traced)).toEqual(said(plain))
    expect(made.read(WRITTEN)).toBe(alone.read(WRITTEN))
  },
)
