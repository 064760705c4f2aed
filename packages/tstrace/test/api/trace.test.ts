import { expect, test } from 'vitest'
import { Trace } from '../../src/api/trace.ts'
import { CoverageResults } from '../../src/api/traced-results.ts'

test.each<[object, string, string]>([
  [
    { count: 'yes' },
    'TST_OPTION_VALUE',
    'Option "count" in the options of Trace must be true or false, not "yes".',
  ],
  [
    { ignoredirs: 3 },
    'TST_OPTION_VALUE',
    'Option "ignoredirs" in the options of Trace must be a string or an array of strings, not 3.',
  ],
  [
    { countfuncs: true, listfuncs: true },
    'TST_OPTION_VALUE',
    'Option "listfuncs" in the options of Trace cannot stand beside "countfuncs". Give one of them.',
  ],
  [
    { listTests: true },
    'TST_OPTION_UNKNOWN',
    'Unknown option "listTests" in the options of Trace. It is an option of test runners only.',
  ],
])('a tracer with %j', (options, code, message) => {
  expect(() => new Trace(options)).toThrow(expect.objectContaining({ code, message }))
})

test('results with a wrong option', () => {
  expect(() => new CoverageResults({}, { root: 1 } as object)).toThrow(
    'Option "root" in the options of CoverageResults must be a string, not 1.',
  )
  expect(() => new CoverageResults().writeResults({ missing: true, showMissing: true })).toThrow(
    'Option "showMissing" in the options of writeResults cannot stand beside "missing". Give one of them.',
  )
})

test.each(['', 3, undefined])('a context needs a name: %j', (name) => {
  const given = (): void => expect.unreachable('the function was called')
  expect(() => new Trace().context(name as string, given)).toThrow(
    expect.objectContaining({
      code: 'TST_CONTEXT_NAME',
      message: `The name of a context must be a text of at least one character, not ${JSON.stringify(name)}. Give tracer.context() one, and then the function.`,
    }),
  )
})
