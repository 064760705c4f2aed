import { describe, expect, test } from 'vitest'
import { ANY_JEST_MAJOR, JEST_MAJORS, type JestProject, jestProject } from '../jest-project.ts'
import { LATER, TRANSFORMERS, TRANSFORMS } from '../jest-transforms.ts'
import { inTurn } from '../matrix.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
const ENGINE_MODULES = { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' }

/** As in Vitest: `e2e/recurse`. */
const LISTING = `    1: export function recurse(level: number): void {
    3:   console.log(\`recurse(\${level})\`)
    3:   if (level) {
    2:     recurse(level - 1)
         }
       }
       
    1: export function notCalled(): void {
>>>>>>   console.log('This function is never called.')
       }
`

/** What is printed, all of it. What is imported is evaluated before the module that imports it, by nobody. */
function printed(extension: 'ts' | 'js' | 'mjs'): string {
  const [ours, theirs] = [`src/recurse.${extension}`, `test/recurse.test.${extension}`]
  const isRequired = extension === 'js'
  const row = isRequired ? '    7    85%' : '    6    83%'
  return `

lines   cov%   module   (path)
${row}   src.recurse   (${ours})

functions called:
filename: ${ours}, modulename: src.recurse, funcname: <module>
filename: ${ours}, modulename: src.recurse, funcname: recurse

calling relationships:

${isRequired ? '' : `*** <event loop> ***\n  --> ${ours}\n    <event loop> -> src.recurse.<module>\n\n`}*** ${ours} ***
    src.recurse.recurse -> src.recurse.recurse

*** ${theirs} ***
  --> ${ours}
${isRequired ? '    test.recurse.test.<module> -> src.recurse.<module>\n' : ''}    test.recurse.test.test("recurse counts down to 0") -> src.recurse.recurse

Written to coverage/tstrace/: 1 listing, results.json, recording.counts, functions.txt, calls.txt, summary.txt
`
}

interface Way {
  readonly config: object
  readonly env?: Readonly<Record<string, string>>
  readonly extension?: 'js' | 'mjs'
}

const WAYS: Readonly<Record<string, Way>> = {
  ...Object.fromEntries(TRANSFORMERS.map((name) => [name, { config: { transform: TRANSFORMS[name] } }])),
  'an asynchronous transformer and modules of the engine': { config: LATER, env: ENGINE_MODULES },
  'no transformer at all': { config: { transform: {} }, extension: 'js' },
  'no transformer and modules of the engine': {
    config: { transform: {}, moduleFileExtensions: ['mjs', 'js'] },
    extension: 'mjs',
    env: ENGINE_MODULES,
  },
}

/** Modules of the engine have no `jest` of their own. */
const GLOBALS = "import { jest } from '@jest/globals'\n"

const withoutTypes = (text: string): string => text.replaceAll(/: number|: void/g, '')

/** What is left of the fixture without a compiler: no types, and a module of the engine or one that is required. */
function prepare(project: JestProject, extension: 'js' | 'mjs'): void {
  const source = withoutTypes(project.read('src/recurse.ts'))
  const tests = project.read('test/recurse.test.ts').replace("/recurse'", `/recurse.${extension}'`)
  if (extension === 'mjs') {
    project.write('src/recurse.mjs', source)
    project.write('test/recurse.test.mjs', `${GLOBALS}${tests}`)
    return
  }
  project.write('src/recurse.js', `${source.replaceAll('export ', '')}exports.recurse = recurse\n`)
  project.write('test/recurse.test.js', tests.replaceAll(/import (.*) from (.*)/g, 'const $1 = require($2)'))
}

describe.each(JEST_MAJORS)('Jest %i', (major) => {
  const test = inTurn(JEST_MAJORS, major)
  test.each(Object.entries(WAYS))(
    'the reporter alone does everything, with %s',
    async (_name, { config, env, extension }) => {
      const project = jestProject(major, FIXTURE, {
        testMatch: [`**/*.test.${extension ?? 'ts'}`],
        reporters: ['default', 'tstrace/jest'],
        ...config,
      })
      if (extension) prepare(project, extension)
      else project.write('test/recurse.test.ts', `${GLOBALS}${project.read('test/recurse.test.ts')}`)
      const { status, stdout, stderr } = await project.jest([], {
        env: { ...env, TSTRACE: '--listfuncs --trackcalls' },
      })
      expect({ status, stdout, stderr }).toMatchObject({ status: 0, stdout: '' })
      expect(stderr).toContain('Tests:       1 passed, 1 total')
      expect(stderr).not.toContain('tstrace:')
      expect(stderr).toContain(printed(extension ?? 'ts'))
      const listing = project.read('coverage/tstrace/src/recurse.cover')
      const same = extension ? withoutTypes(LISTING) : LISTING
      expect(listing).toBe(
        extension === 'js' ? `${same.replaceAll('export ', '')}    1: exports.recurse = recurse\n` : same,
      )
    },
  )
})

describe.each(ANY_JEST_MAJOR)('Jest %i', (major) => {
  test('a first line for the shell', async () => {
    const project = jestProject(major, FIXTURE, { transform: {}, reporters: ['tstrace/jest'] })
    prepare(project, 'js')
    project.write('src/recurse.js', `#!/usr/bin/env node\n${project.read('src/recurse.js')}`)
    const { status, stderr } = await project.jest(['recurse.test.js'])
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(project.read('coverage/tstrace/src/recurse.cover')).toContain(`       #!/usr/bin/env node
    1: function recurse(level) {
    3:   console.log(\`recurse(\${level})\`)
`)
  })
})
