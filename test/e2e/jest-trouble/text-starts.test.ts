import { describe, expect } from 'vitest'
import { JEST_MAJORS, jestProject } from '../jest-project.ts'
import { TRANSFORMERS, TRANSFORMS } from '../jest-transforms.ts'
import { inTurn } from '../matrix.ts'

const FIXTURE = new URL('../trouble/fixtures/', import.meta.url)
const MARK = '\ufeff'
const SHEBANG = '#!/usr/bin/env node\n'
const CODE = 'export const f = () => 1\nf()\n'

const TEXTS = {
  mark: MARK + CODE,
  shebang: SHEBANG + CODE,
  crlf: MARK + CODE.replaceAll('\n', '\r\n'),
}

describe.each(JEST_MAJORS)('Jest %i', (major) => {
  const test = inTurn(JEST_MAJORS, major)
  test.each([...TRANSFORMERS, 'none'] as const)(
    '%s: sources with a byte order mark or a #! line are counted, and listed byte for byte',
    async (transformer) => {
      const isPlain = transformer === 'none'
      const project = jestProject(major, FIXTURE, {
        transform: isPlain ? { '\\.ts$': TRANSFORMS.esbuild['\\.[jt]sx?$'] } : TRANSFORMS[transformer],
        reporters: ['default', 'tstrace/jest'],
      })
      const extension = isPlain ? 'js' : 'ts'
      const names = Object.keys(TEXTS) as (keyof typeof TEXTS)[]
      for (const name of names)
        project.write(`src/${name}.${extension}`, isPlain ? TEXTS[name].replace('export ', '') : TEXTS[name])
      const imports = names.map((name) => `import '../src/${name}'\n`).join('')
      project.write('test/fine.test.ts', `${imports}test('x', () => {})\n`)
      // A second run takes all of it from Jest's cache.
      for (const _ of transformer === 'babel-jest' ? [1, 2] : [1]) {
        const { status, stderr } = await project.jest([])
        expect(status, stderr).toBe(0)
        expect(stderr).not.toContain('tstrace:')
        for (const name of names) {
          const [, mark = '', shebang = ''] = /^(\uFEFF?)(#!.*\n)?/.exec(TEXTS[name]) ?? []
          const first = shebang && `       ${shebang}`
          const declared = isPlain ? 'const' : 'export const'
          expect(project.read(`coverage/tstrace/src/${name}.cover`)).toBe(
            `${mark}${first}    1: ${declared} f = () => 1\n    1: f()\n`,
          )
        }
      }
    },
  )
})
