const { Stall } = require('../src/stall.js')

test('closes when it is empty', () => {
  expect(new Stall().sell()).toBe('sold out')
})
