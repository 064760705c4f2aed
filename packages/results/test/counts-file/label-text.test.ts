import { expect, test } from 'vitest'
import { hasLabels, labelText } from '../../src/counts-file/label-text.ts'
import { isLabel } from '../../src/counts-file/run-record.ts'

test.each([
  [[], ''],
  [['os=linux'], 'os=linux'],
  [['os=linux', 'node=24'], 'node=24,os=linux'],
  [['os=linux', 'os=mac'], 'os=mac'],
  [['a.b-c_d=x y=z'], 'a.b-c_d=x y=z'],
  [['empty='], 'empty='],
])('%j is the label %s, which can be read again', (labels, text) => {
  expect(labelText(labels)).toBe(text)
  expect(isLabel(text)).toBe(true)
})

test.each(['linux', '=linux', 'os=a,b', 'o s=x', 'os=a\nb', ''])('%j is no label', (label) => {
  expect(() => labelText([label])).toThrow(expect.objectContaining({ code: 'TST_LABEL' }))
})

test('labels that would not fit into a counts file are refused', () => {
  const labels = Array.from({ length: 6 }, (_, i) => `k${i}=${'x'.repeat(190)}`)
  expect(() => labelText(labels)).toThrow(expect.objectContaining({ code: 'TST_LABEL' }))
})

test.each(['b=1,a=2', 'a=1,a=2', 'a', 'a=1,', ','])('%j is no text of labels', (text) => {
  expect(isLabel(text)).toBe(false)
})

test('a run has labels when it has all of them', () => {
  expect(hasLabels('node=24,os=linux', ['os=linux'])).toBe(true)
  expect(hasLabels('node=24,os=linux', ['os=linux', 'node=22'])).toBe(false)
  expect(hasLabels('', [])).toBe(true)
  expect(hasLabels('', ['os=linux'])).toBe(false)
})
