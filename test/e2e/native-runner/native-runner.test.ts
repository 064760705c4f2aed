import { describe, expect, test } from 'vitest'
import { NODES } from '../cli-command/nodes.ts'
import { ANY_MAJOR, majorsOf, vitestProject } from '../vitest-project.ts'
import { NATIVE_RUNNER } from './where.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

describe.each(majorsOf(NATIVE_RUNNER))('Vitest %i', (major) => {
  test('what Node loads itself is counted', async () => {
    const project = vitestProject(major, FIXTURE)
    const { status, stderr } = await project.vitest(['--reporter=tstrace'], {
      env: { TSTRACE: '--contexts test --trackcalls' },
    })
    expect(status, stderr).toBe(0)
    expect(stderr).not.toContain('tstrace:')
    expect(project.read('coverage/tstrace/src/price.cover')).toMatchInlineSnapshot(`
      "    2: import { discount } from './discount.ts'
             
             export interface Loaf {
               readonly grams: number
             }
             
          2: export function price({ grams }: Loaf): number {
          4:   if (grams < 0) throw new Error('less than nothing')
          3:   return Math.ceil(grams / 100) * (7 - discount(grams))
             }
      "
    `)
    expect(project.read('coverage/tstrace/src/discount.cover')).toMatchInlineSnapshot(`
      "    2: export function discount(grams: number): number {
          3:   return grams > 1000 ? 1 : 0
             }
      "
    `)
    expect(project.read('coverage/tstrace/src/plain.cover')).toMatchInlineSnapshot(`
      "    1: exports.twice = (n) => 2 * n
      "
    `)
  })
})

test.each(ANY_MAJOR)(
  'Vitest %i: beside the coverage of V8, which would be another, nothing is traced',
  async (major) => {
    const project = vitestProject(major, FIXTURE)
    const { status, stderr } = await project.vitest(['--reporter=tstrace', '--coverage.enabled'])
    expect(status).toBe(0)
    expect(stderr).toContain(
      'tstrace: This project runs without Vite (viteModuleRunner: false), where the coverage of V8 would be another with counters, ' +
        'and is not traced.\n',
    )
  },
)

test('a Node.js without synchronous hooks runs the tests, and says what it cannot', async () => {
  const project = vitestProject(4, FIXTURE)
  project.write('test/small.test.js', "import { test } from 'vitest'\ntest('nothing', () => {})\n")
  const { status, stderr } = await project.vitest(['--reporter=tstrace', 'small'], {
    node: NODES[0]?.node ?? '',
  })
  expect(stderr).toContain(
    'tstrace: This project runs without Vite (viteModuleRunner: false) on a Node.js before 22.15 and is not traced.\n',
  )
  expect(status).toBe(0)
})
