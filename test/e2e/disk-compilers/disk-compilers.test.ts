import { describe, expect } from 'vitest'
import { inTurn, outermost } from '../matrix.ts'
import { MAJORS, type Major, type VitestProject, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('../trouble/fixtures/', import.meta.url)

/** A plugin that compiles files itself, whatever text it is given. */
function config(map: string): string {
  return `import { readFileSync } from 'node:fs'
import * as vite from 'vite'
const compile = vite.transformWithOxc ?? vite.transformWithEsbuild
export default {
  plugins: [
    {
      name: 'from-disk',
      enforce: 'pre',
      async transform(_code, id) {
        if (!/src.(fine|fails)\\.ts$/.test(id)) return undefined
        const { code, map } = await compile(readFileSync(id, 'utf8'), id)
        return { code, map: ${map} }
      },
    },
  ],
}
`
}

const SOURCE = `interface Unused {
  size: number
}

export function fine(n: number): number {
  if (n > 1) {
    return n
  }
  return n + 1
}
`
const FAILS = "export const fails = (): number => {\n  const n: number = 1; throw new Error('here' + n)\n}\n"

function project(major: Major, map: string): VitestProject {
  const made = vitestProject(major, FIXTURE)
  made.write('vitest.config.mjs', config(map))
  made.write('src/fine.ts', SOURCE)
  made.write('src/fails.ts', FAILS)
  made.write('src/other.ts', 'export const other = 1\n')
  made.write(
    'test/fine.test.ts',
    `import { expect, test } from 'vitest'
import { fails } from '../src/fails.ts'
import { fine } from '../src/fine.ts'
import '../src/other.ts'
test('is fine', () => expect([fine(1), fine(2), fine(3)]).toEqual([2, 2, 3]))
test('fails', () => fails())
`,
  )
  return made
}

/** What Vitest says of the failure. */
function failure(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => !line.startsWith('tstrace:'))
  return lines.join('\n').trim()
}

describe.each(outermost(MAJORS))('Vitest %i', (major) => {
  const test = inTurn(outermost(MAJORS), major)
  test('a plugin that reads the file itself: counted behind it', async () => {
    const made = project(major, 'map')
    const plain = await made.vitest([])
    const { status, stderr, stdout } = await made.vitest(['--reporter=tstrace'])
    expect(status).toBe(plain.status)
    expect(plain.stderr).toContain('src/fails.ts:2:30')
    expect(stderr).toBe(plain.stderr)
    expect(made.read('coverage/tstrace/src/fine.cover')).toBe(
      `       interface Unused {
         size: number
       }
       
    1: export function fine(n: number): number {
    3:   if (n > 1) {
    2:     return n
         }
    1:   return n + 1
       }
`,
    )
    expect(stdout).toContain('src.other')
  })

  test('without a map to the file its text and stacks stay, and the report says so', async () => {
    const made = project(major, 'null')
    const plain = await made.vitest([])
    const { stderr, stdout } = await made.vitest(['--reporter=tstrace'])
    expect(failure(stderr)).toBe(failure(plain.stderr))
    for (const name of ['fine', 'fails'])
      expect(stderr).toMatch(
        new RegExp(
          `^tstrace: src/${name}\\.ts ran untouched and is not counted: its compiler reads the file itself .*\\.$`,
          'm',
        ),
      )
    expect(stdout).not.toMatch(/src\.(fine|fails)/)
    expect(stdout).toContain('src.other')
  })
})
