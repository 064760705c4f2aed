import { describe, expect, test } from 'vitest'
import { type JestMajor, type JestProject, jestProject } from '../jest-project.ts'
import { rowsOf } from '../matrix.ts'
import { LISTING } from './list-listing.ts'
import { REACT_COMPILER } from './where.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

const SNAPSHOTS = 'test/__snapshots__/list.test.jsx.snap'

interface How {
  readonly major: JestMajor
  readonly isTraced: boolean
  readonly coverage?: string
}

/** The preset alone names React Compiler and the plugin of styled-components. */
function project({ major, isTraced, coverage }: How): JestProject {
  return jestProject(major, FIXTURE, {
    testEnvironment: 'jsdom',
    transform: { '\\.jsx?$': ['babel-jest', { presets: ['./preset.cjs'] }] },
    reporters: ['default', ...(isTraced ? ['tstrace/jest'] : [])],
    ...(coverage && { collectCoverage: true, coverageProvider: coverage, coverageReporters: ['json'] }),
  })
}

/** What Jest says of the failure. */
function failure(stderr: string): string {
  return /● says where[\s\S]*?at Object\.shown .*/.exec(stderr)?.[0] ?? ''
}

/** Istanbul's object holds a hash of each file's absolute path. */
function coverageOf({ folder, read }: JestProject): string {
  const text = read('coverage/coverage-final.json').replaceAll(folder, '')
  return text.replace(/"hash":"\w+"/g, '')
}

const CALLS = `*** src/list.jsx ***
  --> src/title.js
    src.list.<module> -> src.title.<module>
  --> src/total.js
    src.list.<module> -> src.total.<module>
    src.list.Child -> src.list.Child.map(…)
    src.list.Child.onClick -> src.list.List.pick
    src.list.List -> src.list.List.map(…)
    src.list.List -> src.total.total
`

const ROWS = rowsOf({ coverage: ['babel', 'v8'], major: REACT_COMPILER.jest }, 1)

describe.each(ROWS)('Jest $major', ({ coverage, major }) => {
  test(`components that React Compiler memoizes stay memoized and are counted, coverage by ${coverage}`, async () => {
    const plain = project({ major, isTraced: false, coverage })
    const { stderr, status } = await plain.jest([])
    expect(failure(stderr)).toContain('src/list.jsx:53:30')
    const traced = project({ major, isTraced: true, coverage })
    const run = await traced.jest([], { env: { TSTRACE: '--trackcalls' } })
    expect(run.status).toBe(status)
    expect(run.stderr).toContain('✓ renders a child again for other items only')
    expect(run.stderr).not.toContain('tstrace:')
    expect(failure(run.stderr)).toBe(failure(stderr))
    expect(plain.read(SNAPSHOTS)).toContain('title__Title-sc-eh84cm-0')
    expect(traced.read(SNAPSHOTS)).toBe(plain.read(SNAPSHOTS))
    expect(coverageOf(traced)).toBe(coverageOf(plain))
    expect(traced.read('coverage/tstrace/src/list.cover')).toBe(LISTING)
    expect(traced.read('coverage/tstrace/calls.txt')).toContain(CALLS)
  })
})

test('without coverage too, also where a class name depends on the text; no lines are shown of such files, which is said', async () => {
  const traced = project({ major: 30, isTraced: true })
  // The second run takes from Jest's cache what the first has compiled.
  for (const cache of ['cold', 'warm']) {
    const { stderr } = await traced.jest([], { env: { TSTRACE: '--trace' } })
    expect(stderr, cache).toContain('src/list.jsx:53:30')
    for (const name of ['list.jsx', 'title.js'])
      expect(stderr, cache).toContain(
        `tstrace: No lines are shown of src/${name}: it is counted behind its compiler.`,
      )
    expect(traced.read('coverage/tstrace/src/list.cover'), cache).toBe(LISTING)
  }
  expect(traced.read('coverage/tstrace/src/title.cover')).toContain("    3:     $loud ? 'red' : 'grey'};\n")
  // A hash of the text as it is on disk.
  expect(traced.read(SNAPSHOTS)).toContain('title__Title-sc-eh84cm-0')
})
