import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import type { BesideTests } from '../../src/worker/begin-test-file.ts'

const DIST = new URL('../../dist/', import.meta.url)

/** Node's own modules that a process has loaded, once it has loaded one of ours. */
function builtinsBeside(file: string): readonly string[] {
  const path = fileURLToPath(new URL(file, DIST))
  const script = `require(${JSON.stringify(path)}); console.log(JSON.stringify(process.moduleLoadList))`
  const { stderr, stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

test('what each worker loads brings none of the parts of Node that take long; what shows lines does', () => {
  expect(builtinsBeside('begin-test-file.cjs')).not.toContain('NativeModule crypto')
  expect(builtinsBeside('show-lines.cjs')).toContain('NativeModule crypto')
})

test('what Vitest makes a module of for each test file is little', () => {
  expect(statSync(new URL('worker.mts', DIST)).size).toBeLessThan(2000)
})

test('timers that are due at once fire before the next test file begins, whatever has become of the clock', async () => {
  const { outlastTimers, timersOutlasted }: BesideTests = createRequire(import.meta.url)(
    fileURLToPath(new URL('begin-test-file.cjs', DIST)),
  )
  const fired: string[] = []
  setTimeout(() => fired.push('of one millisecond'), 1)
  setTimeout(() => fired.push('of none'), 0)
  vi.useFakeTimers()
  outlastTimers()
  await timersOutlasted()
  vi.useRealTimers()
  expect(fired).toEqual(['of one millisecond', 'of none'])
})
