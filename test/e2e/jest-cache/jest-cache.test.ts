import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ANY_JEST_MAJOR, type JestMajor, type JestProject, jestProject } from '../jest-project.ts'

const FIXTURE = new URL('../jest-recurse/fixtures/', import.meta.url)

/** Says in a file which texts it is given, so that one sees which came from Jest's cache. */
const TRANSFORMER = `
const { appendFileSync } = require('node:fs')
const { join } = require('node:path')
const esbuild = require('./esbuild-transformer.cjs')

module.exports = {
  process(text, path, options) {
    appendFileSync(join(__dirname, 'seen.txt'), path.endsWith('recurse.ts') ? 'source ' : '')
    return esbuild.process(text, path, options)
  },
}
`

function prepared(major: JestMajor): JestProject {
  const project = jestProject(major, FIXTURE)
  project.write('noting-transformer.cjs', TRANSFORMER)
  return project
}

/** What the transformer saw in a run, and what the listing says. */
async function run(project: JestProject, kind: string | undefined): Promise<string> {
  const config = {
    cacheDirectory: '<rootDir>/../cache',
    transform: { '\\.ts$': '<rootDir>/noting-transformer.cjs' },
    reporters: ['default', ...(kind === undefined ? [] : ['tstrace/jest'])],
  }
  project.write('jest.config.json', JSON.stringify(config))
  project.write('seen.txt', '')
  const { status, stderr } = await project.jest([], { env: { TSTRACE: kind ?? '' } })
  expect(status, stderr).toBe(0)
  expect(stderr).not.toContain('tstrace:')
  expect(stderr.includes('    6    83%   src.recurse   (src/recurse.ts)')).toBe(kind !== undefined)
  expect(stderr.includes('calling relationships:')).toBe(kind?.includes('-T') ?? false)
  return project.read('seen.txt').trim()
}

describe.each(ANY_JEST_MAJOR)('Jest %i', (major) => {
  test('plain and traced runs in any order transform what they have to, and no more', async () => {
    const project = prepared(major)
    expect(await run(project, undefined)).toBe('source')
    expect(await run(project, '')).toBe('source')
    expect(await run(project, '')).toBe('')
    expect(await run(project, '-T')).toBe('source')
    expect(await run(project, undefined)).toBe('')
    expect(await run(project, '')).toBe('')
    expect(await run(project, '-T -C elsewhere --listfuncs')).toBe('')
    expect(existsSync(join(project.folder, 'elsewhere/src/recurse.cover'))).toBe(true)
  })

  test('a changed source is counted as it is now', async () => {
    const project = prepared(major)
    await run(project, '')
    project.write('src/recurse.ts', `// a line more\n${project.read('src/recurse.ts')}`)
    expect(await run(project, '')).toBe('source')
    expect(project.read('coverage/tstrace/src/recurse.cover')).toMatch(/^ {7}\/\/ a line more\n {4}1: export/)
  })
})
