import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../results/test/temporary-folder.ts'
import { findSources } from '../../src/filter/find-sources.ts'
import { createSourceFilter } from '../../src/filter/source-filter.ts'

test('finds what the globs name and the filter lets through', async () => {
  const root = temporaryFolder()
  for (const path of [
    'src/b.ts',
    'src/a.ts',
    'src/a.css',
    'src/old/c.ts',
    'node_modules/d/src/e.ts',
    'lib/f.ts',
  ]) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), '')
  }
  const include = ['**/src/**']
  const filter = createSourceFilter(root, { include, exclude: [], ignoreModule: [], ignoreDir: ['src/old'] })
  symlinkSync('../lib', join(root, 'src/linked'))
  symlinkSync('a.ts', join(root, 'src/again.ts'))
  expect(await findSources(root, include, filter)).toEqual({
    sources: [join(root, 'src/a.ts'), join(root, 'src/b.ts')],
    linked: [join(root, 'src/again.ts'), join(root, 'src/linked/f.ts')],
  })
})

test('finds what a glob leads to through a link where it lies', async () => {
  const root = temporaryFolder()
  for (const path of ['lib/src/a.ts', 'lib/b.ts']) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), '')
  }
  symlinkSync('lib', join(root, 'linked'))
  const include = ['linked/src/**']
  const filter = createSourceFilter(root, { include, exclude: [], ignoreModule: [], ignoreDir: [] })
  expect(await findSources(root, include, filter)).toEqual({
    sources: [join(root, 'lib/src/a.ts')],
    linked: [join(root, 'linked/src/a.ts')],
  })
})
