import { expect, test, vi } from 'vitest'
import { progressLine } from '../../src/command/progress-line.ts'

/** What `progressLine` writes to, and all that was written. */
function stream(isTTY: boolean): { to: NodeJS.WriteStream; written(): string } {
  let text = ''
  const write = (more: string): boolean => {
    text += more
    return true
  }
  return { to: { isTTY, write } as unknown as NodeJS.WriteStream, written: () => text }
}

test('nothing is said for a second, and then not too often', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const { to, written } = stream(true)
  const progress = progressLine(to)
  progress.bytes(1e6)
  vi.advanceTimersByTime(999)
  progress.bytes(2e6)
  expect(written()).toBe('')
  vi.advanceTimersByTime(2)
  progress.bytes(3e6)
  progress.bytes(4e6)
  expect(written()).toBe('\r\u001b[Ktstrace: 3 MB of counts read')
  vi.advanceTimersByTime(101)
  progress.bytes(5e6)
  progress.clear()
  expect(written().endsWith('\r\u001b[Ktstrace: 5 MB of counts read\r\u001b[K')).toBe(true)
})

test('nothing is said where there is no terminal, and nothing is cleared that was not there', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  for (const isTTY of [true, false]) {
    const { to, written } = stream(isTTY)
    const progress = progressLine(to)
    if (!isTTY) vi.advanceTimersByTime(5000)
    progress.bytes(1e6)
    progress.clear()
    expect(written()).toBe('')
  }
})
