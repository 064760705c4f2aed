import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../results/test/temporary-folder.ts'
import { createSourceFilter } from '../../src/filter/source-filter.ts'
import { includedSources } from '../../src/run/included-sources.ts'
import { tracedFilesOf } from '../../src/run/traced-files.ts'

const include = ['packages/*/src/**']

/** Two packages of which the second one reaches into a folder outside of both. */
function linkedProject() {
  const root = temporaryFolder()
  for (const folder of ['shared', 'packages/a/src', 'packages/b/src'])
    mkdirSync(join(root, folder), { recursive: true })
  for (const path of ['shared/one.ts', 'packages/a/src/two.ts', 'packages/b/src/three.ts'])
    writeFileSync(join(root, path), '')
  symlinkSync('../../../shared', join(root, 'packages/b/src/shared'))
  symlinkSync('../../a/src', join(root, 'packages/b/src/a'))
  const filters = {
    include,
    exclude: [],
    ignoreDir: [],
    ignoreModule: [],
    trackcalls: false,
    listTests: false,
  }
  const tests = { runner: 'Vitest', isTest: () => false, isSetup: () => false } as const
  return { root, files: tracedFilesOf({ root, options: filters, tests }) }
}

test.each([true, false])('a source has one name, and a link is no other one; all: %s', async (all) => {
  const { files, root } = linkedProject()
  expect(await includedSources(files, { all, include })).toEqual({
    paths: [join(root, 'packages/a/src/two.ts'), join(root, 'packages/b/src/three.ts')],
    problems: [
      "`include` reaches what is in shared/** only through a link, and sources are known by where they lie. Name it there: 'shared/**'.",
    ],
  })
})

test('where the runner keeps to links, so do the sources that it did not load', async () => {
  const { files, root } = linkedProject()
  files.verdict(join(root, 'packages/b/src/shared/one.ts'))
  const { paths, problems } = await includedSources(files, { all: true, include })
  expect(paths).toContain(join(root, 'packages/b/src/a/two.ts'))
  expect(paths).toContain(join(root, 'packages/b/src/shared/one.ts'))
  expect(problems).toEqual([])
})

test('ignoreDir names a folder by a link, too', async () => {
  const { root } = linkedProject()
  const filter = createSourceFilter(root, {
    include: [],
    exclude: [],
    ignoreModule: [],
    ignoreDir: ['packages/b/src/shared'],
  })
  expect(filter(join(root, 'shared/one.ts')).trace).toBe(false)
  expect(filter(join(root, 'packages/a/src/two.ts')).trace).toBe(true)
})
