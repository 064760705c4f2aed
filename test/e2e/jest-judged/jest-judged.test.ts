import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Ended } from '../command.ts'
import { JEST_MAJORS, type JestMajor, type JestProject, jestProject } from '../jest-project.ts'
import { CHECKED } from '../jest-transforms.ts'
import { IS_WHOLE, rowsOf } from '../matrix.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

/** What checks types: ts-jest, one that extends it and takes its options, and one that has options of its own. */
const TRANSFORMS = {
  'ts-jest': CHECKED,
  extended: { '\\.ts$': '<rootDir>/extended-transformer.cjs' },
  'with options of its own': { '\\.ts$': '<rootDir>/fixed-transformer.cjs' },
} as const

const LISTING = readFileSync(new URL('./right.cover', import.meta.url), 'utf8')

const ROWS = rowsOf(
  {
    name: Object.keys(TRANSFORMS) as (keyof typeof TRANSFORMS)[],
    major: JEST_MAJORS,
    tracing: ['', '--trackcalls', '--trace'],
  },
  1,
)

const BEHIND = 'tstrace: No lines are shown of src/right.ts: it is counted behind its compiler.'

interface Row {
  readonly major: JestMajor
  readonly name: keyof typeof TRANSFORMS
  readonly tracing: string
}

function project({ major, name }: Row, isTraced: boolean): JestProject {
  return jestProject(major, FIXTURE, {
    transform: TRANSFORMS[name],
    reporters: ['default', ...(isTraced ? ['tstrace/jest'] : [])],
  })
}

/** What Jest says of each test file that fails to run: its name, the errors, and the code around them. */
function errorsIn(stderr: string): string[] {
  return (stderr.match(/^FAIL [\s\S]*?(?=^(?:FAIL|PASS) |\n\nlines|^Test Suites:|^tstrace:)/gm) ?? [])
    .map((failure) => failure.trimEnd())
    .sort()
}

/** What is said without us does not depend on the row; in `npm run test:all` each is asked. */
const plainRuns = new Map<string, Promise<Ended>>()

function plainRun(row: Row): Promise<Ended> {
  const key = IS_WHOLE ? `${row.major} ${row.name}` : ''
  const known = plainRuns.get(key) ?? project(row, false).jest(['-i'])
  plainRuns.set(key, known)
  return known
}

test.each(ROWS)(
  'Jest $major, $name, $tracing: errors are those of the text as its author wrote it, and what has none is counted',
  async (row) => {
    const plain = await plainRun(row)
    for (const code of ['TS2774', 'TS7027', 'TS2872', 'TS2339', 'TS2322'])
      expect(plain.stderr).toContain(`error ${code}: `)
    const made = project(row, true)
    const traced = await made.jest(['-i'], { env: { TSTRACE: row.tracing } })
    expect(errorsIn(plain.stderr)).toHaveLength(3)
    expect(errorsIn(traced.stderr)).toEqual(errorsIn(plain.stderr))
    expect(traced.status).toBe(plain.status)
    expect(traced.stderr).toContain('PASS test/right.test.ts')
    expect(traced.stderr).not.toContain('WARN')
    // Where a transformer cannot be told to judge nothing, its text gets counters behind it, and lines are not shown there.
    const isBehind = row.name === 'with options of its own' && row.tracing === '--trace'
    expect(traced.stderr.match(/tstrace: .*/g) ?? []).toEqual(isBehind ? [BEHIND] : [])
    expect(made.read('coverage/tstrace/src/right.cover')).toBe(LISTING)
  },
)
