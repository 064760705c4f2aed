import { describe, expect } from 'vitest'
import { inTurn } from '../matrix.ts'
import { MAJORS, type Major, type VitestProject, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('../recurse/fixtures/', import.meta.url)

type Kind = 'plain' | 'traced' | 'calls'

const EXPECTED: Readonly<Record<Kind, RegExp>> = {
  plain: /seen: untouched\n/,
  traced: /seen: counters\n/,
  calls: /seen: counters and calls\n/,
}

async function run(project: VitestProject, kind: Kind): Promise<void> {
  const args = kind === 'plain' ? [] : ['--reporter=tstrace']
  const { status, stdout, stderr } = await project.vitest(args, {
    env: { TSTRACE: kind === 'calls' ? '-T' : '' },
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(EXPECTED[kind])
  if (kind === 'plain') return
  expect(stdout).toContain('    6    83%   src.recurse   (src/recurse.ts)')
  expect(project.read('coverage/tstrace/src/recurse.cover')).toContain('    2:     recurse(level - 1)')
  expect(stdout.includes('calling relationships:')).toBe(kind === 'calls')
}

/** The test says what it runs: instrumented code shows in the text of the function. */
function prepared(major: Major): VitestProject {
  const project = vitestProject(major, FIXTURE)
  const test = project.read('test/recurse.test.ts')
  project.write(
    'test/recurse.test.ts',
    `${test}
test('says what it runs', () => {
  const text = recurse.toString()
  const seen = !text.includes('cov_') ? 'untouched' : text.includes('finally') ? 'counters and calls' : 'counters'
  process.stdout.write(\`seen: \${seen}\\n\`)
})
`,
  )
  const cache = major === 5 ? '{ fsModuleCache: true }' : '{ experimental: { fsModuleCache: true } }'
  project.write('vitest.config.ts', `export default { test: ${cache} }\n`)
  return project
}

const CACHING = MAJORS.filter((major) => major >= 4)

describe.each(CACHING)('Vitest %i with its cache of modules on disk', (major) => {
  const test = inTurn(CACHING, major)
  test('plain and traced runs in any order see their own code', async () => {
    const project = prepared(major)
    const order: Kind[] = ['plain', 'traced', 'plain', 'calls', 'traced', 'traced', 'calls', 'plain']
    for (const kind of order) await run(project, kind)
  })

  test('a changed source is counted as it is now', async () => {
    const project = prepared(major)
    await run(project, 'traced')
    project.write('src/recurse.ts', `// a line more\n${project.read('src/recurse.ts')}`)
    await run(project, 'traced')
    expect(project.read('coverage/tstrace/src/recurse.cover')).toMatch(/^ {7}\/\/ a line more\n {4}1: export/)
  })
})
