import { CoverageResults } from '@tstrace/results'
import { expect, test } from 'vitest'
import { AskedFormats } from '../../src/run/asked-formats.ts'

const INPUT = {
  results: new CoverageResults(),
  keep: () => true,
  source: () => undefined,
  root: '/nowhere',
  test: '',
}

test('each format once, in the order in which they were asked for', async () => {
  const formats = new AskedFormats(['sonar', 'lcov', 'sonar'])
  await formats.loaded
  const { files, problems } = formats.make(INPUT)
  expect(files.map(({ path }) => path)).toEqual(['sonar-coverage.xml', 'lcov.info'])
  expect(problems).toEqual([])
})

test('a process that ends before they are loaded says which are not written', () => {
  expect(new AskedFormats(['lcov']).make(INPUT)).toEqual({
    files: [],
    problems: ['lcov.info is not written: the process ended before what makes it was loaded.'],
  })
})

test('one that cannot be made is a sentence, and the others are made', async () => {
  const formats = new AskedFormats(['lcov-tests', 'lcov'])
  await formats.loaded
  const { files, problems } = formats.make(INPUT)
  expect(files.map(({ path }) => path)).toEqual(['lcov.info'])
  expect(problems).toEqual([expect.stringMatching(/^lcov-tests\.info .* \[TST_NO_CONTEXTS\]$/)])
})
