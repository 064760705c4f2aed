import { expect, test } from 'vitest'
import { MAJORS, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
const MARK = '\ufeff'
const SHEBANG = '#!/usr/bin/env node\n'
const CODE = 'export const f = () => 1\nf()\n'

const TEXTS = {
  mark: MARK + CODE,
  shebang: SHEBANG + CODE,
  both: MARK + SHEBANG + CODE,
  crlf: MARK + CODE.replaceAll('\n', '\r\n'),
}

test.each(MAJORS)(
  'Vitest %i: sources with a byte order mark or a #! line are counted, and listed byte for byte',
  async (major) => {
    const project = vitestProject(major, FIXTURE)
    const names = Object.keys(TEXTS) as (keyof typeof TEXTS)[]
    // Vite compiles no TypeScript that has both; JavaScript runs.
    const files = names.flatMap((name) => [...(name === 'both' ? [] : [`${name}.ts`]), `${name}-plain.js`])
    for (const file of files)
      project.write(`src/${file}`, TEXTS[file.replace(/[-.].*/, '') as keyof typeof TEXTS])
    const imports = files.map((file) => `import '../src/${file}'\n`).join('')
    project.write('test/fine.test.ts', `${imports}import { test } from 'vitest'\ntest('x', () => {})\n`)
    const { status, stderr } = await project.vitest(['--reporter=tstrace'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    for (const file of files) {
      const text = TEXTS[file.replace(/[-.].*/, '') as keyof typeof TEXTS]
      const mark = text.startsWith(MARK) ? MARK : ''
      const shebang = text.includes('#!') ? `       ${SHEBANG}` : ''
      expect(project.read(`coverage/tstrace/src/${file.replace(/\.\w+$/, '.cover')}`)).toBe(
        `${mark}${shebang}    1: export const f = () => 1\n    1: f()\n`,
      )
    }
  },
)
