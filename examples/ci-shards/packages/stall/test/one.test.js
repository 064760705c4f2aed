const { Stall } = require('../src/stall.js')

test('sells what it has', () => {
  expect(new Stall().add('plum').sell()).toBe('plum')
})
