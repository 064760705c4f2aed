import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

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
