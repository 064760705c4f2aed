import { expect, test } from 'vitest'
import { instrumentFile } from '../../src/transform/instrument-file.ts'
import { takeProblems } from '../../src/worker/worker-problems.ts'

const SOURCE = { path: '/project/src/a.ts', name: 'src/a.ts', shebang: 0, isOnDisk: true, isTest: false }

test('what a compiler of TypeScript gets declares what it uses of the helper, and no more', () => {
  const counted = instrumentFile({ ...SOURCE, text: 'export const a = 1\n' }, { calls: false })
  const [, name] = /declare let (cov_\w+): any;$/.exec(counted?.body ?? '') ?? []
  expect(counted?.body).toMatch(
    new RegExp(`^${name}\\(\\)\\[0\\]\\+\\+;export const a = 1\n;declare let ${name}: any;$`),
  )
  expect(counted?.helper).toMatch(new RegExp(`^function ${name}\\(\\)`))
})

test('the line that Jest takes off stays off', () => {
  const counted = instrumentFile(
    { ...SOURCE, name: 'a.js', text: '#!/usr/bin/env node\ngo()\n', shebang: '#!/usr/bin/env node'.length },
    { calls: true },
  )
  expect(counted?.body.startsWith('\n')).toBe(true)
  expect(counted?.inserted.before).toBe('\ngo()\n')
})

test('what cannot be parsed is noted once', () => {
  const wrong = { ...SOURCE, text: 'export const = 1\n' }
  expect(instrumentFile(wrong, { calls: false })).toBeUndefined()
  expect(instrumentFile(wrong, { calls: false })).toBeUndefined()
  expect(takeProblems()).toEqual([expect.stringMatching(/^src\/a\.ts is not counted: .*src\/a\.ts:1:/)])
  expect(takeProblems()).toEqual([])
})
