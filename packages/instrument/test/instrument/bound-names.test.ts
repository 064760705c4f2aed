import { createContext, runInContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { drain } from '../../../core/src/collect/drain.ts'
import { instrument } from '../../src/instrument/instrument.ts'
import { installState } from '../../src/runtime/state.ts'

/** Files with names of their own for the global object; `seen()` counts as a sign of life. */
const FILES: readonly string[] = [
  'const global = globalThis\n',
  'const global = [globalThis]\n',
  'const global = { globalThis }, self = global, window = self\n',
  'let globalThis = 1\n',
  'let global = 1, globalThis = 2\n',
  'class globalThis {}\nfunction global() {}\nvar self, window\n',
  'const { globalThis } = { globalThis: 1 }\n',
  'const { a: [{ ...globalThis }] } = { a: [{}] }\n',
  'let glob\\u0061lThis = 1\n',
  '{ { var globalThis = 1 } }\n',
  'for (var globalThis of [1]) for (var global in {}) ;\n',
  'try { throw 1 } catch { switch (1) { default: label: var globalThis = 1 } } finally { var global }\n',
  'if (false) { function globalThis() {} }\n',
  'switch (0) { case 0: function globalThis() {} }\n',
  'const __tstrace__ = 1\n',
  'const __tstrace__ = 1, globalThis = 2, global = 3, self = 4, window = 5, Function = 6\n',
  'const f = (globalThis) => globalThis\nf(1)\n',
  'function f() { var globalThis = 1, __tstrace__ }\nf()\n',
  'eval("var globalThis = 1")\n',
]

const WAYS = [{}, { calls: true }, { live: true }]

function linesCounted(realm: object): number | undefined {
  return drain(realm)?.sources[0]?.counts.reduce((sum, count) => sum + count)
}

describe.each(['', '"use strict";'])('a file with names of its own, %j in front', (directive) => {
  test.each(FILES.filter((source) => directive === '' || !/eval|if \(false/.test(source)))('%j', (source) => {
    for (const options of WAYS) {
      for (const globals of [{}, { global: 1 }, globalThis]) {
        const code = instrument(`${directive}${source}`, { file: 'a.js', ...options })?.code
        const realm = createContext(globals === globalThis ? { URL } : { ...globals })
        expect(() => runInContext(`(function () {${directive}${code}\n})()`, realm)).not.toThrow()
        expect(linesCounted(realm)).toBeGreaterThan(0)
      }
    }
  })
})

test('a program may replace and delete every global, once a state is there', () => {
  const realm = createContext({})
  installState(realm)
  runInContext(
    `for (const name of Object.getOwnPropertyNames(globalThis))
      if (name !== '__tstrace__' && name !== 'globalThis') delete globalThis[name]
    delete globalThis.globalThis`,
    realm,
  )
  const source = 'async function* f() { yield* [1] }\nf().next()\nfunction* g() { yield 1 }\ng().next()\n'
  const code = instrument(source, { file: 'a.js', live: true })?.code
  runInContext(`(function () {"use strict";${code}\n})()`, realm)
  expect(linesCounted(realm)).toBeGreaterThan(3)
})
