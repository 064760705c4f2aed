import { describe, expect, test } from 'vitest'
import {
  ANY_JEST_MAJOR,
  JEST_MAJORS,
  type JestMajor,
  type JestProject,
  jestProject,
} from '../jest-project.ts'
import { LATER, TRANSFORMERS, TRANSFORMS } from '../jest-transforms.ts'
import { rowsOf } from '../matrix.ts'

const FIXTURE = new URL('../trouble/fixtures/', import.meta.url)
const SUMMARY = '    1   100%   src.fine   (src/fine.ts)'

function project(major: JestMajor, transform: object, isTraced = true): JestProject {
  return jestProject(major, FIXTURE, {
    transform,
    moduleNameMapper: { '^(\\.+/.+)\\.js$': '$1' },
    reporters: ['default', ...(isTraced ? ['tstrace/jest'] : [])],
  })
}

/** What Jest says of a test file that fails to run, without times and what tstrace says. */
function failure(stderr: string): string {
  const [said = ''] =
    /● Test suite failed to run[\s\S]*?(?=\n\nlines|\n\n(PASS|FAIL|Test Suites:|Written to|tstrace:))/.exec(
      stderr,
    ) ?? []
  return said.trimEnd()
}

test.each(rowsOf({ transformer: TRANSFORMERS, major: JEST_MAJORS }, 1))(
  'Jest $major, $transformer: a source with an error reads as without tracing',
  async ({ major, transformer }) => {
    const outputs = await Promise.all(
      [false, true].map(async (isTraced) => {
        const made = project(major, TRANSFORMS[transformer], isTraced)
        made.write('src/wrong.ts', 'export const fine: number = "no"\nexport const more = )\n')
        made.write('test/wrong.test.ts', "import '../src/wrong.ts'\ntest('x', () => {})\n")
        return made.jest(['-i'])
      }),
    )
    const [plain, traced] = outputs.map(({ stderr }) => stderr) as [string, string]
    expect(failure(plain)).toContain('wrong.ts')
    expect(failure(traced)).toBe(failure(plain))
    expect(traced).toContain('tstrace: src/wrong.ts is not counted: ')
    expect(traced).toContain(SUMMARY)
  },
)

describe.each(ANY_JEST_MAJOR)('Jest %i', (major) => {
  test('an asynchronous transformer that is asked at once reads as without tracing', async () => {
    const run = async (reporters: readonly string[]): Promise<string> => {
      const made = project(major, TRANSFORMS.esbuild)
      const { transform } = LATER
      made.write('jest.config.json', JSON.stringify({ transform, reporters: ['default', ...reporters] }))
      return failure((await made.jest([])).stderr)
    }
    const plain = await run([])
    expect(plain).toContain('"<project>/esbuild-later-transformer.mjs" specified in the "transform" object')
    expect(await run(['tstrace/jest'])).toBe(plain)
  })
})

describe.each(ANY_JEST_MAJOR)('Jest %i', (major) => {
  test('options that throw when they are read are one sentence, and the tests run', async () => {
    const made = project(major, TRANSFORMS.esbuild)
    const config = made.read('jest.config.json').replace('"tstrace/jest"', '["tstrace/jest", options]')
    const options = "{ get strict() { throw new Error('no') } }"
    made.write('jest.config.cjs', `const options = ${options}\nmodule.exports = ${config}\n`)
    const { status, stderr } = await made.jest(['-i', '-c', 'jest.config.cjs'])
    expect(status).toBe(0)
    expect(stderr).toContain(
      'tstrace: the options of tstrace cannot be read: no. Nothing was traced. [TST_OPTION_VALUE]\n',
    )
  })

  test('a transformer that rejects our text gets the file as it is', async () => {
    const made = project(major, TRANSFORMS.esbuild)
    made.write(
      'picky-transformer.cjs',
      `const esbuild = require('./esbuild-transformer.cjs')
module.exports = {
  process(text, path, options) {
    if (text.includes('cov_')) throw new Error('too many braces')
    return { code: esbuild.process(text, path, options).code }
  },
}
`,
    )
    const transform = { '\\.ts$': '<rootDir>/picky-transformer.cjs' }
    const cacheDirectory = '<rootDir>/../cache'
    const reporters = ['default', 'tstrace/jest']
    made.write('jest.config.json', JSON.stringify({ transform, cacheDirectory, reporters }))
    // The second run takes it from the cache, and says so all the same.
    for (const args of [[], [], ['--no-cache']]) {
      const { status, stderr } = await made.jest(args)
      expect(status, stderr).toBe(0)
      expect(stderr).toContain(
        'tstrace: src/fine.ts ran untouched and is not counted: too many braces. Leave it out ',
      )
    }
    made.write('src/fine.ts', `// changed\n${made.read('src/fine.ts')}`)
    made.write('picky-transformer.cjs', "module.exports = require('./esbuild-transformer.cjs')\n")
    const mended = await made.jest([])
    expect(mended.stderr).not.toContain('ran untouched')
  })

  test('a transformer that rejects our text and gives a map has its output counted, and lines it dropped are named', async () => {
    const made = project(major, TRANSFORMS.esbuild)
    made.write(
      'picky-transformer.cjs',
      `const esbuild = require('./esbuild-transformer.cjs')
module.exports = {
  process(text, path, options) {
    if (text.includes('cov_')) throw new Error('too many braces')
    return esbuild.process(text.replace('console.count()', ''), path, options)
  },
}
`,
    )
    const transform = { '\\.ts$': '<rootDir>/picky-transformer.cjs' }
    const cacheDirectory = '<rootDir>/../cache'
    const reporters = ['default', 'tstrace/jest']
    made.write('jest.config.json', JSON.stringify({ transform, cacheDirectory, reporters }))
    const whole = await made.jest([])
    expect(whole.stderr).toContain(SUMMARY)
    expect(whole.stderr).not.toContain('tstrace:')
    made.write('src/fine.ts', `${made.read('src/fine.ts')}console.count()\n`)
    // The second run takes it from the cache, and says so all the same.
    for (const args of [[], []]) {
      const { status, stderr } = await made.jest(args)
      expect(status, stderr).toBe(0)
      expect(stderr).toContain(SUMMARY)
      expect(stderr).toContain(
        'tstrace: src/fine.ts is counted behind its compiler, and 1 of its 2 executable lines was not found there: ' +
          '2. Such lines are not counted, or too low.',
      )
    }
  })

  test('an unknown option and a folder that cannot be written are messages, and the tests pass', async () => {
    const made = project(major, TRANSFORMS['@swc/jest'])
    const unknown = await made.jest([], { env: { TSTRACE: '--trackcals' } })
    expect(unknown.status).toBe(0)
    expect(unknown.stderr).toContain(
      'tstrace: Unknown option "--trackcals" in TSTRACE. Did you mean "--trackcalls"? Nothing was traced. [TST_OPTION_UNKNOWN]\n',
    )
    made.write('taken', 'a file')
    const taken = await made.jest([], { env: { TSTRACE: '-C taken/out' } })
    expect(taken.status).toBe(0)
    expect(taken.stderr).toMatch(
      /tstrace: Cannot write <project>\/taken\S*: a part of its path is a file, not a folder \(ENOTDIR\)\./,
    )
    expect(taken.stderr.match(/Cannot write/g)).toHaveLength(1)
    expect(taken.stderr).toContain(SUMMARY)
  })

  test('a runner that has no use for transformers is named', async () => {
    const made = project(major, TRANSFORMS['@swc/jest'])
    made.write(
      'odd-runner.cjs',
      `module.exports = class {
  async runTests(tests, watcher, onStart, onResult) {
    for (const test of tests) await onStart(test)
  }
}
`,
    )
    made.write(
      'jest.config.json',
      JSON.stringify({ runner: '<rootDir>/odd-runner.cjs', reporters: ['tstrace/jest'] }),
    )
    const { stderr } = await made.jest(['--passWithNoTests'])
    expect(stderr).toContain(
      "has a runner that does not use Jest's runtime (<project>/odd-runner.cjs) and is not traced.",
    )
  })
})
