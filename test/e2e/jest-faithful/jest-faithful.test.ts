import { expect, test } from 'vitest'
import type { Ended } from '../command.ts'
import { writePlainSources } from '../jest-plain-sources.ts'
import { JEST_MAJORS, type JestMajor, type JestProject, jestProject } from '../jest-project.ts'
import { LATER, TRANSFORMERS, TRANSFORMS } from '../jest-transforms.ts'
import { rowsOf } from '../matrix.ts'

const FIXTURE = new URL('../faithful/fixtures/', import.meta.url)

/** What tstrace says of the test file into which Jest writes snapshots. */
const REWRITTEN = /^tstrace: test\/new\.test\.\w+ is not the text that ran any more, .*\n/m

/** What a run says without its times and its own place. */
function said({ status, stdout, stderr }: Ended): object {
  const timeless = stderr.replace(/\d+(\.\d+)? m?s\b/g, 'TIME').replace(/ \(TIME\)|, estimated TIME/g, '')
  return { status, stdout, stderr: timeless.split('\n').filter((line) => line !== '') }
}

interface Way {
  readonly config: object
  readonly nodeOptions?: string
  readonly extension?: 'mjs'
}

const ENGINE_MODULES = '--experimental-vm-modules --no-warnings'

const WAYS: Readonly<Record<string, Way>> = {
  ...Object.fromEntries(
    TRANSFORMERS.map((name) => [
      name,
      { config: { transform: TRANSFORMS[name], moduleNameMapper: { '^(\\.+/.+)\\.js$': '$1' } } },
    ]),
  ),
  'an asynchronous transformer and modules of the engine': { config: LATER, nodeOptions: ENGINE_MODULES },
  'no transformer and modules of the engine': {
    config: { transform: {} },
    nodeOptions: ENGINE_MODULES,
    extension: 'mjs',
  },
}

function project(major: JestMajor, { config, extension }: Way, reporters: readonly string[]): JestProject {
  const made = jestProject(major, FIXTURE, {
    prettierPath: null,
    moduleFileExtensions: ['js', 'mjs', 'ts'],
    testMatch: [`**/*.test.${extension ?? 'ts'}`],
    reporters: ['default', ...reporters],
    ...config,
  })
  const path = 'test/ledger.test.ts'
  made.write(path, made.read(path).replace(", 'the sum'", ''))
  if (extension) writePlainSources(made, ['src/ledger', 'test/ledger.test', 'test/new.test'], extension)
  return made
}

/** One start of Jest: tests that fail, and snapshots that it writes into the test file. */
const ARGS = ['-i', '--ci=false']

/** What each way makes in each Jest is in `jest-recurse`. */
test.each(rowsOf({ name: Object.keys(WAYS), major: JEST_MAJORS }, 1))(
  'Jest $major, $name: says the same, and writes the same inline snapshots, with and without tracing',
  async ({ major, name }) => {
    const way = WAYS[name] as Way
    const env = { ...(way.nodeOptions && { NODE_OPTIONS: way.nodeOptions }) }
    const written = `test/new.test.${way.extension ?? 'ts'}`
    const alone = project(major, way, [])
    const plain = await alone.jest(ARGS, { env })
    expect(plain.stderr).toContain('at the bottom')
    expect(plain.stderr).toContain('Tests:       5 failed, 3 passed, 8 total')
    expect(alone.read(written)).toContain('toMatchInlineSnapshot(`5`)')
    // Calls insert the most; counts alone take other ways through the same code, whoever compiles.
    for (const tracing of name === 'babel-jest' ? ['', '--trackcalls'] : ['--trackcalls']) {
      const made = project(major, way, ['tstrace/jest'])
      const traced = await made.jest(ARGS, {
        env: { ...env, TSTRACE: `--no-report -f kept.counts ${tracing}` },
      })
      // Test files are counted where calls are.
      expect(REWRITTEN.test(traced.stderr)).toBe(tracing !== '')
      const others = traced.stderr.replace(REWRITTEN, '')
      expect(said({ ...traced, stderr: others })).toEqual(said(plain))
      expect(made.read(written)).toBe(alone.read(written))
    }
  },
)
