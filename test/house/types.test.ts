import tstrace from 'tstrace'
import { expect, test } from 'vitest'
import { defineConfig } from 'vitest/config'

/* What a configuration may say has to be right for TypeScript too, with Vitest's own types. */
test('every form of the reporter fits the type of a configuration', () => {
  const config = defineConfig({
    plugins: [tstrace({ listfuncs: true })],
    test: { reporters: ['default', new tstrace(), ['tstrace', { listfuncs: true }]] },
  })
  expect(config.test?.reporters).toHaveLength(3)
})
