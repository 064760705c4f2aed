import { describe, expect, test } from 'vitest'
import { JEST_MAJORS, jestProject } from '../jest-project.ts'
import { TRANSFORMERS, TRANSFORMS } from '../jest-transforms.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

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

const SUMMARY = `
lines   cov%   module   (path)
    6    83%   src.recurse   (src/recurse.ts)
`

describe.each(JEST_MAJORS)('Jest %i', (major) => {
  test.each(TRANSFORMERS)('the reporter alone does everything, with %s', async (transformer) => {
    const project = jestProject(major, FIXTURE, {
      transform: TRANSFORMS[transformer],
      reporters: ['default', 'tstrace/jest'],
    })
    const { status, stdout, stderr } = await project.jest([], {
      env: { TSTRACE: '--listfuncs --trackcalls' },
    })
    expect(status).toBe(0)
    expect(stdout).toBe('')
    expect(stderr).toContain('Tests:       1 passed, 1 total')
    expect(stderr).toContain(SUMMARY)
    expect(stderr).not.toContain('tstrace:')
    expect(stderr).toContain(`
functions called:
filename: src/recurse.ts, modulename: src.recurse, funcname: <module>
filename: src/recurse.ts, modulename: src.recurse, funcname: recurse
`)
    expect(stderr).toContain(`
*** test/recurse.test.ts ***
  --> src/recurse.ts
    test.recurse.test.test("recurse counts down to 0") -> src.recurse.recurse
`)
    expect(project.read('coverage/tstrace/src/recurse.cover')).toBe(LISTING)
  })

  test('an asynchronous transformer and modules of the engine', async () => {
    const project = jestProject(major, FIXTURE, {
      transform: { '\\.ts$': '<rootDir>/esbuild-later-transformer.mjs' },
      extensionsToTreatAsEsm: ['.ts'],
      reporters: ['default', ['@tstrace/jest', { listfuncs: true }]],
    })
    const path = 'test/recurse.test.ts'
    project.write(path, `import { jest } from '@jest/globals'\n${project.read(path)}`)
    const { status, stderr } = await project.jest([], { env: { NODE_OPTIONS: '--experimental-vm-modules' } })
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(stderr).toContain(SUMMARY)
    expect(project.read('coverage/tstrace/src/recurse.cover')).toBe(LISTING)
  })

  test('no transformer at all', async () => {
    const project = jestProject(major, FIXTURE, { transform: {}, reporters: ['default', 'tstrace/jest'] })
    const source = project.read('src/recurse.ts').replaceAll(/: number|: void|export /g, '')
    project.write('src/recurse.js', `#!/usr/bin/env node\n${source}exports.recurse = recurse\n`)
    project.write(
      'test/recurse.test.js',
      project.read('test/recurse.test.ts').replace(/import (.*) from (.*)/, 'const $1 = require($2)'),
    )
    const { status, stderr } = await project.jest(['recurse.test.js'])
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(project.read('coverage/tstrace/src/recurse.cover')).toContain(`       #!/usr/bin/env node
    1: function recurse(level) {
    3:   console.log(\`recurse(\${level})\`)
    3:   if (level) {
    2:     recurse(level - 1)
`)
  })
})
