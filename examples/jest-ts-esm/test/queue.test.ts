import { expect, test } from '@jest/globals'
import { Queue } from '../src/queue.js'

test('gives back what was added', async () => {
  const seen: string[] = []
  for await (const item of new Queue<string>().add('a', 'b').drain()) seen.push(item)
  expect(seen).toEqual(['a', 'b'])
})
