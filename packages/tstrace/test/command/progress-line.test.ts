import { expect, onTestFinished, test, vi } from 'vitest'
import { progressLine } from '../../src/command/progress-line.ts'

/** A stream that keeps what is written, and lines on it while time goes on as told. */
function lineOn(isTTY: boolean) {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const written: string[] = []
  const write = (text: string): boolean => Boolean(written.push(text))
  return { line: progressLine({ isTTY, columns: 50, write } as never), written }
}

const FILES = [
  { path: 'a.cover', listingOf: 'a.ts', text: 'one' },
  { path: `${'folder/'.repeat(9)}\u001b[2Jname.info`, text: ['1'.repeat(2e6), '2'.repeat(3e6)] },
]

test('after a second a terminal is told how far it is, ten times a second at most, in one line', () => {
  const { line, written } = lineOn(true)
  line.bytes(1)
  const [first, second] = line.watched(FILES)
  expect(first?.text).toBe('one')
  expect(written, 'nothing is said of what is soon over').toEqual([])
  vi.advanceTimersByTime(1001)
  line.bytes(12_345_678)
  line.bytes(99_000_000)
  expect(written).toEqual(['\r\u001b[Ktstrace: 12 MB of counts read'])
  vi.advanceTimersByTime(101)
  const pieces = second?.text as Iterable<string>
  expect(written.at(-1)).toMatch(/tstrace: writing.*….*\[2Jname\.info$/)
  vi.advanceTimersByTime(101)
  let length = 0
  for (const piece of pieces) {
    length += piece.length
    vi.advanceTimersByTime(101)
  }
  expect(length).toBe(5e6)
  expect(written.at(-1)).toMatch(/name\.info, 5 MB$/)
  for (const text of written) {
    expect(text.slice(4).length).toBeLessThan(50)
    expect(text.slice(4)).not.toContain('\u001b')
  }
  line.clear()
  expect(written.at(-1)).toBe('\r\u001b[K')
  expect(first).toMatchObject({ path: 'a.cover', listingOf: 'a.ts' })
})

test('what is no terminal is told nothing', () => {
  const { line, written } = lineOn(false)
  vi.advanceTimersByTime(9999)
  line.bytes(1)
  for (const file of line.watched(FILES)) expect([...file.text].length).toBeGreaterThan(0)
  line.clear()
  expect(written).toEqual([])
})
