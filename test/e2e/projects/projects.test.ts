import { describe, expect, test } from 'vitest'
import { inTurn } from '../matrix.ts'
import { majorsOf, type VitestProject, vitestProject } from '../vitest-project.ts'
import { PROJECTS } from './where.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

function priceCalls(project: VitestProject): string | undefined {
  return /^ *(\d+): {3}return net/m.exec(project.read('coverage/tstrace/packages/shop/src/price.cover'))?.[1]
}

describe.each(majorsOf(PROJECTS))('Vitest %i', (major) => {
  const inOne = inTurn(majorsOf(PROJECTS), major)

  test('a source of several projects adds up under its path from the root', async () => {
    const project = vitestProject(major, FIXTURE)
    const { status, stdout, stderr } = await project.vitest(['--reporter=tstrace'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(priceCalls(project)).toBe('5')
    expect(stdout).toContain('    2   100%   packages.shop.src.price   (packages/shop/src/price.ts)')
    expect(stdout).toContain('packages.till.src.sum   (packages/till/src/sum.ts)')
  })

  inOne('a plugin in the root configuration reaches projects that do not inherit it', async () => {
    const project = vitestProject(major, FIXTURE)
    const config = project.read('vitest.config.ts')
    const text = config.replace(
      'export default {',
      "import tstrace from 'tstrace'\nexport default { plugins: [tstrace()],",
    )
    project.write('vitest.config.ts', text)
    const { status, stdout, stderr } = await project.vitest([])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.split('lines   cov%')).toHaveLength(2)
    expect(stdout).toContain('Tests  3 passed')
    expect(priceCalls(project)).toBe('5')
  })
})
