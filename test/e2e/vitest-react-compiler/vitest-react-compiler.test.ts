import { expect, test } from 'vitest'
import { LISTING } from '../jest-react-compiler/list-listing.ts'
import { IS_WHOLE, rowsOf } from '../matrix.ts'
import { MAJORS, type Major, type VitestProject, vitestProject } from '../vitest-project.ts'
import { REACT_COMPILER } from './where.ts'

const FIXTURE = new URL('../jest-react-compiler/fixtures/', import.meta.url)
const SNAPSHOTS = 'test/__snapshots__/list.test.jsx.snap'

/** React Compiler is part of Vite's plugin by now; before that it was a plugin of Babel, which Vite's brings along. */
function project(major: Major): VitestProject {
  const made = vitestProject(major, FIXTURE)
  const how = major === 5 ? 'compiler: true' : "babel: { plugins: ['babel-plugin-react-compiler'] }"
  const test = {
    ...{ environment: 'happy-dom', globals: true, include: ['test/*.test.jsx'] },
    coverage: { reporter: ['json'], reportOnFailure: true, include: ['src/**'] },
  }
  made.write(
    'vitest.config.mjs',
    `import react from '@vitejs/plugin-react'\nexport default { plugins: [react({ ${how} })], test: ${JSON.stringify(test)} }\n`,
  )
  return made
}

/** What Vitest says of the failures. */
function failures(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => !line.startsWith('tstrace:'))
    .join('\n')
    .trim()
}

function coverageOf({ folder, read }: VitestProject): unknown {
  return JSON.parse(
    read('coverage/coverage-final.json')
      .replaceAll(folder, '')
      .replace(/"hash":"\w+"/g, '"hash":""'),
  )
}

test.each(IS_WHOLE ? ['v8', 'istanbul'] : ['v8'])(
  'Vitest 5: components that React Compiler memoizes stay memoized and are counted, coverage by %s',
  async (provider) => {
    const [plain, traced] = [project(5), project(5)]
    const coverage = ['--coverage.enabled', `--coverage.provider=${provider}`]
    const { status, stderr } = await plain.vitest(coverage)
    expect(stderr).toContain('src/list.jsx:53:30')
    const run = await traced.vitest([...coverage, '--reporter=tstrace'], { env: { TSTRACE: '--trackcalls' } })
    expect(run.stdout).toContain('✓ renders a child again for other items only')
    expect(run.stderr).not.toContain('tstrace:')
    expect(failures(run.stderr)).toBe(failures(stderr))
    expect(run.status).toBe(status)
    expect(traced.read(SNAPSHOTS)).toBe(plain.read(SNAPSHOTS))
    expect(coverageOf(traced)).toEqual(coverageOf(plain))
    expect(traced.read('coverage/tstrace/src/list.cover')).toBe(LISTING)
    expect(traced.read('coverage/tstrace/calls.txt')).toContain(`*** src/list.jsx ***
    src.list.Child -> src.list.Child.map(…)
    src.list.Child.onClick -> src.list.List.pick
    src.list.List -> src.list.List.map(…)
`)
  },
)

const OF_BABEL = REACT_COMPILER.vitest.filter((major) => major !== 5 && MAJORS.includes(major))
const BESIDE = ['no coverage', 'istanbul']

/** Beside Istanbul the stacks of these versions lead to lines that no file has, with tstrace or without. */
test.each(rowsOf({ major: OF_BABEL, provider: BESIDE }, 1))(
  'Vitest $major: the same where it is a plugin of Babel, beside $provider; no lines are shown of such files, which is said',
  async ({ major, provider }) => {
    const traced = project(major)
    const isAlone = provider === 'no coverage'
    const coverage = isAlone ? [] : ['--coverage.enabled', `--coverage.provider=${provider}`]
    const { stderr, stdout } = await traced.vitest([...coverage, '--reporter=tstrace'], {
      env: { TSTRACE: '--trace' },
    })
    expect(stdout).toContain('✓ renders a child again for other items only')
    if (isAlone) expect(stderr).toContain('src/list.jsx:53:30')
    expect(stdout + stderr).toContain(
      'tstrace: No lines are shown of src/list.jsx: it is counted behind its compiler.',
    )
    expect(traced.read('coverage/tstrace/src/list.cover')).toBe(LISTING)
  },
)
