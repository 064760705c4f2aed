import { expect, test } from 'vitest'
import { routeOf, toCalls, toSource, toTests } from '../../src/app/route.ts'

test.each(['src/a.ts', 'a:1.ts', '../x%3A/#?.ts', 'src/a.ts@00112233', '<b>"&\u202E'])(
  '%j is found again',
  (path) => {
    expect(routeOf(toSource(path))).toEqual({ view: 'source', label: path, line: 0 })
    expect(routeOf(toSource(path, 12))).toEqual({ view: 'source', label: path, line: 12 })
    expect(routeOf(toCalls(path, `it("${path}").x`))).toEqual({
      view: 'calls',
      path,
      name: `it("${path}").x`,
    })
  },
)

test('tests have numbers, and what is no address leads to the overview', () => {
  expect(routeOf(toTests(7))).toEqual({ view: 'tests', context: 7 })
  expect(routeOf(toTests())).toEqual({ view: 'tests', context: -1 })
  expect(routeOf('#/tests/x')).toEqual({ view: 'tests', context: -1 })
  for (const address of ['', '#', '#/', '#/xyzzy', '#/source/'])
    expect(routeOf(address)).toEqual({ view: 'overview' })
  expect(routeOf('#/source/%')).toMatchObject({ label: '%' })
})
