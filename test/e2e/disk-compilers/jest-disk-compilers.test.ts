import { describe, expect } from 'vitest'
import { JEST_MAJORS, type JestMajor, type JestProject, jestProject } from '../jest-project.ts'
import { inTurn } from '../matrix.ts'

const FIXTURE = new URL('../trouble/fixtures/', import.meta.url)

/** A transformer that compiles files itself, whatever text it is given. */
function transformer(result: string): string {
  return `const { readFileSync } = require('node:fs')
const esbuild = require('./esbuild-transformer.cjs')
module.exports = {
  process(_text, path, options) {
    const { code, map } = esbuild.process(readFileSync(path, 'utf8'), path, options)
    return ${result}
  },
}
`
}

const SOURCE = `interface Unused {
  size: number
}

export function fine(n: number): number {
  if (n > 1) throw new Error('too large')
  return n + 1
}
`

function project(major: JestMajor, result: string, isTraced: boolean): JestProject {
  const made = jestProject(major, FIXTURE, {
    transform: {
      'src.fine\\.ts$': '<rootDir>/from-disk.cjs',
      '\\.ts$': '<rootDir>/esbuild-transformer.cjs',
    },
    reporters: ['default', ...(isTraced ? ['tstrace/jest'] : [])],
  })
  made.write('from-disk.cjs', transformer(result))
  made.write('src/fine.ts', SOURCE)
  made.write(
    'test/fine.test.ts',
    `import { fine } from '../src/fine'
test('is fine', () => expect([fine(0), fine(1)]).toEqual([1, 2]))
test('fails', () => fine(2))
`,
  )
  return made
}

/** What Jest says of the failure. */
function failure(stderr: string): string {
  return (
    /● fails[\s\S]*?(?=\n\nTest Suites|\n+Written to|\n\nlines|\n\ntstrace:|\ntstrace:)/
      .exec(stderr)?.[0]
      .trimEnd() ?? ''
  )
}

describe.each(JEST_MAJORS)('Jest %i', (major) => {
  const test = inTurn(JEST_MAJORS, major)
  const run = async (result: string, args: readonly string[] = []) => {
    const plain = await project(major, result, false).jest(args)
    const made = project(major, result, true)
    return { made, plain, traced: await made.jest(args) }
  }

  test('a transformer that reads the file itself: counted behind it', async () => {
    const { made, plain, traced } = await run('{ code, map }')
    expect(failure(plain.stderr)).toContain('src/fine.ts:6:20')
    expect(failure(traced.stderr)).toBe(failure(plain.stderr))
    expect(traced.stderr).not.toContain('tstrace:')
    expect(made.read('coverage/tstrace/src/fine.cover')).toBe(
      `       interface Unused {
         size: number
       }
       
    1: export function fine(n: number): number {
    3:   if (n > 1) throw new Error('too large')
    2:   return n + 1
       }
`,
    )
  })

  test('without a source map its text and stacks stay, and the report says so', async () => {
    const { plain, traced } = await run("{ code: code.replace(/\\n.*sourceMappingURL.*/, '') }")
    expect(failure(traced.stderr)).toBe(failure(plain.stderr))
    expect(traced.stderr).toContain(
      'tstrace: src/fine.ts ran untouched and is not counted: its transformer gave no source map, and reads the file itself. ' +
        'Turn its source maps on (`"sourceMap": true` for TypeScript). ',
    )
    expect(traced.stderr).not.toContain('src.fine')
  })

  test('without a source map beside coverage, the report says how both are had', async () => {
    const made = project(major, '{ code: code.replace(/\\n.*sourceMappingURL.*/, "") }', true)
    const { stderr } = await made.jest(['--coverage', '-t', 'is fine'])
    expect(stderr).toContain(
      'tstrace: src/fine.ts ran untouched and is not counted: its transformer gave no source map, and its coverage is taken, too. ' +
        'Turn its source maps on (`"sourceMap": true` for TypeScript), or run without coverage. ',
    )
  })
})
