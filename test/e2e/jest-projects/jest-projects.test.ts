import { describe, expect } from 'vitest'
import { jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { inTurn } from '../matrix.ts'
import { PROJECTS } from './where.ts'

const FIXTURE = new URL('../projects/fixtures/', import.meta.url)

describe.each(PROJECTS.jest)('Jest %i', (major) => {
  const test = inTurn(PROJECTS.jest, major)
  test.each(['-i', '-w=2'])(
    'projects by path and inline, each with its own transformer: %s',
    async (workers) => {
      const again = {
        displayName: 'again',
        rootDir: '<rootDir>/packages/shop',
        transform: TRANSFORMS.esbuild,
      }
      const project = jestProject(major, FIXTURE, {
        projects: ['<rootDir>/packages/shop', '<rootDir>/packages/till', again],
        workerIdleMemoryLimit: '4GB',
        reporters: ['default', 'tstrace/jest'],
      })
      const transformer = project.read('esbuild-transformer.cjs')
      project.write('packages/shop/esbuild-transformer.cjs', transformer)
      const shop = { displayName: 'shop', transform: TRANSFORMS['babel-jest'] }
      const till = { displayName: 'till', transform: TRANSFORMS['@swc/jest'] }
      project.write('packages/shop/jest.config.json', JSON.stringify(shop))
      project.write('packages/till/jest.config.json', JSON.stringify(till))
      const { status, stderr } = await project.jest([workers])
      expect(status, stderr).toBe(0)
      expect(stderr).not.toContain('tstrace:')
      expect(stderr).toContain('    2   100%   packages.shop.src.price   (packages/shop/src/price.ts)')
      expect(stderr).toContain('packages.till.src.sum   (packages/till/src/sum.ts)')
      const listing = project.read('coverage/tstrace/packages/shop/src/price.cover')
      expect(listing).toContain('    5:   return net * 1.2')
    },
  )
})
