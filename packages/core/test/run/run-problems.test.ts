import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RunProblems } from '../../src/run/run-problems.ts'

test('what the system says is said without a stack', () => {
  const problems = new RunProblems()
  problems.attemptNow(() => readFileSync('nowhere'))
  expect(problems.list).toEqual(["ENOENT: no such file or directory, open 'nowhere'"])
})

test('what goes wrong again and again is said once, in the order in which it came', () => {
  const problems = new RunProblems()
  const fail = (message: string) => () => {
    throw new Error(message)
  }
  const [first, second] = [fail('first'), fail('second')]
  for (let time = 0; time < 3; time++) for (const action of [first, second]) problems.attemptNow(action)
  problems.add(['third', 'third'])
  expect(problems.list.map((text) => text.split('\n')[0])).toEqual(['Error: first', 'Error: second', 'third'])
  problems.clear()
  expect(problems.list).toEqual([])
})
