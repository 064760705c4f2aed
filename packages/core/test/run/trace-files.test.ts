import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../../../results/test/temporary-folder.ts'
import { forgetTraces, traceOrders, tracesOf } from '../../src/run/trace-files.ts'

let run: string

beforeEach(() => {
  run = temporaryFolder()
})

test('what workers have claimed is known, but for what was cut off, until it is of another run', () => {
  const { files } = traceOrders('/shop', run, { coverdir: 'out', timing: false, trace: true })
  expect(files?.folder).toMatch(/[\\/]shop[\\/]out$/)
  const claim = (name: string, text: string): void => writeFileSync(`${files?.claims}${name}`, text)
  claim('1', '"b.trace"\n{}')
  claim('2', '"a\\nb.trace"\n{}')
  claim('3', '"cut.tr')
  claim('4', '')
  expect(tracesOf(run)).toEqual(['a\nb.trace', 'b.trace'])
  forgetTraces(run)
  expect(tracesOf(run)).toEqual([])
})

test('while a runner watches, those of test files that are still there stay', () => {
  const { files } = traceOrders('/shop', run, { coverdir: 'out', timing: false, trace: true })
  const here = fileURLToPath(import.meta.url)
  const claim = (name: string, owner: string): void =>
    writeFileSync(`${files?.claims}${name}`, `"${name}.trace"\n${owner}`)
  claim('there', JSON.stringify({ testFile: here, project: '' }))
  claim('gone', JSON.stringify({ testFile: `${here}.gone`, project: '' }))
  claim('cut', '{"testFi')
  forgetTraces(run, true)
  expect(tracesOf(run)).toEqual(['there.trace'])
})

test('lines on standard output are in no file', () => {
  const orders = traceOrders('/shop', run, { coverdir: 'out', timing: true, trace: 'stdout' })
  expect(orders).toEqual({ root: '/shop', timing: true })
  expect(tracesOf(run)).toEqual([])
  forgetTraces(run)
})
