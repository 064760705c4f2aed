import { CoverageResults } from '@tstrace/results'
import { expect, test } from 'vitest'
import { rowsOf } from '../matrix.ts'
import { MAJORS, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

/** The counts of each pool in each Vitest are those of `pools`. */
const ROWS = rowsOf({ pool: ['forks', 'threads', 'vmForks', 'vmThreads'], major: MAJORS }, 1)

test.each(ROWS)(
  'Vitest $major, $pool: mocks, fake timers and spies change no count',
  async ({ major, pool }) => {
    const project = vitestProject(major, FIXTURE)
    const args = ['--reporter=tstrace', `--pool=${pool}`]
    const { status, stdout, stderr } = await project.vitest(args, { env: { TSTRACE: '--trackcalls' } })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('    6   100%   src.polite   (src/polite.ts)')
    expect(project.read('coverage/tstrace/src/polite.cover')).toContain('    2:   const before = Date.now()')
    expect(callsOf(project.read('coverage/tstrace/results.json'), 'target')).toEqual([40, 40])
  },
)

/** The sum of the edges into a function, and its own count. */
function callsOf(text: string, name: string): number[] {
  const results = CoverageResults.fromJSON(text)
  const calls = results.functions('src/many-callers.ts').find((one) => one.name === name)?.calls
  const edges = results.edges().filter(({ callee }) => callee.name === name)
  return [edges.reduce((sum, edge) => sum + edge.calls, 0), calls ?? -1]
}
