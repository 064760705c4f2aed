import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LongText } from '../../src/results/long-text.ts'

test('what is added is there, whatever it is and however much', () => {
  const part = fc.oneof(fc.string({ unit: 'binary' }), fc.maxSafeNat(), fc.array(fc.maxSafeNat()))
  const whole = fc.property(fc.array(part), fc.nat(3), (parts, times) => {
    const long = new LongText()
    let text = ''
    for (const one of parts)
      for (let time = 0; time < 2 ** (times * 4); time++) {
        if (typeof one === 'string') {
          long.add(`x${one}y`, 1, 1 + one.length)
          long.addBytes(Buffer.from(`é${one}`), 2, Buffer.byteLength(one) + 2)
          text += one + one
        } else if (typeof one === 'number') {
          long.addNumber(one)
          text += one
        } else {
          long.addNumbers(one)
          text += one.join(',')
        }
      }
    expect(long.take()).toBe(text)
    expect(long.take()).toBe('')
  })
  fc.assert(whole, { numRuns: 50 })
})

test('texts that are made at the same time do not come in the way of each other', () => {
  const [one, other] = [new LongText(), new LongText()]
  one.add('a')
  expect(one.take()).toBe('a')
  one.add('b')
  other.add('c')
  one.add('b')
  expect([one.take(), other.take()]).toEqual(['bb', 'c'])
})
