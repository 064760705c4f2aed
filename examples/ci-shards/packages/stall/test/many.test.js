const { Stall } = require('../src/stall.js')

test('sells the oldest first', () => {
  const stall = new Stall().add('fig', 'melon', 'grape')
  expect([stall.sell(), stall.sell()]).toEqual(['fig', 'melon'])
})
