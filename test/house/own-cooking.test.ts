import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Outcome, root, runCommand, temporaryTree } from './workspace.ts'

interface Ended extends Outcome {
  /** Status of each test by its name. */
  readonly tests: Record<string, string>
}

/** Runs some unit tests of `results`, which count high, and leaves Vitest's own report in `folder`. */
async function run(folder: string, args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const file = join(folder, 'tests.json')
  const some = ['test/results/code-point-order', 'test/results/coverage-results', 'test/results/update']
  const all = ['vitest', 'run', ...some, '--reporter=json', `--outputFile.json=${file}`, ...args]
  const outcome = await runCommand('npx', all, { cwd: join(root, 'packages/results'), env })
  const { testResults }: { testResults: { assertionResults: { fullName: string; status: string }[] }[] } =
    JSON.parse(readFileSync(file, 'utf8'))
  const rows = testResults.flatMap(({ assertionResults }) => assertionResults)
  return { ...outcome, tests: Object.fromEntries(rows.map(({ fullName, status }) => [fullName, status])) }
}

test('tstrace traces its own tests, which end as they do without', async () => {
  const folder = temporaryTree({})
  const plain = await run(folder, [])
  const traced = await run(folder, ['--reporter=tstrace'], {
    TSTRACE: `--trackcalls --coverdir "${folder}"`,
  })
  expect(Object.keys(plain.tests).length).toBeGreaterThan(40)
  expect(traced.tests).toEqual(plain.tests)
  expect(traced.status).toBe(plain.status)
  expect(traced.output).not.toContain('tstrace: ')
  expect(traced.output).toContain('calling relationships:')
  // Sorting compares often: numbers of more than one byte have come through.
  const listing = readFileSync(join(folder, 'src/results/code-point-order.cover'), 'utf8')
  expect(listing).toMatch(/^ *\d{4,}: /m)
})
