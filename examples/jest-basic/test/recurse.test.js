const { recurse } = require('../src/recurse')

test('recurse counts down to 0', () => {
  const log = jest.spyOn(console, 'log').mockImplementation(() => {})
  recurse(2)
  expect(log.mock.calls).toEqual([['recurse(2)'], ['recurse(1)'], ['recurse(0)']])
})
