import { expect, test } from 'vitest'
import { paintedLines, type ScreenAsked, screenOf } from '../src/screen.ts'
import { shortenedPath, widthOf } from '../src/shortened-path.ts'

const terminal = { isTTY: true, columns: 80 }
const pipe = {}

test.each<[stream: object, asked: ScreenAsked, columns: number | undefined]>([
  [terminal, { env: {} }, 80],
  [pipe, { env: {} }, undefined],
  [terminal, { env: { TERM: 'dumb' } }, undefined],
  [terminal, { env: { NO_COLOR: '1' } }, undefined],
  [terminal, { env: { NO_COLOR: '' } }, 80],
  [terminal, { env: { NO_COLOR: '1', FORCE_COLOR: '1' } }, undefined],
  [pipe, { env: { FORCE_COLOR: '1' } }, Number.POSITIVE_INFINITY],
  [pipe, { env: { FORCE_COLOR: '1', COLUMNS: '100' } }, 100],
  [terminal, { env: { FORCE_COLOR: '0' } }, undefined],
  [terminal, { env: { FORCE_COLOR: 'false' } }, undefined],
  [pipe, { env: { CI: 'true' } }, undefined],
  [pipe, { env: { CI: 'true' }, inCi: true }, Number.POSITIVE_INFINITY],
  [pipe, { env: {}, argv: ['--color'] }, Number.POSITIVE_INFINITY],
  [terminal, { env: {}, argv: ['--no-color'] }, undefined],
])('%j with %j has %s columns', (stream, asked, columns) => {
  expect(screenOf(stream, asked)?.columns).toBe(columns)
})

test('of what acts on a terminal only our colours are let through', () => {
  const { colors } = screenOf(terminal, { env: {} }) ?? {}
  const painted = ['blue', 'bold', 'cyan', 'dim', 'green', 'inverse', 'magenta', 'red', 'yellow'] as const
  const text = painted.map((name) => colors?.[name](name)).join('')
  expect(paintedLines(text)).toBe(text)
  expect(paintedLines(`${text}\u001b[8m\u001b[2J\u001b]0;x\u0007`)).toBe(
    `${text}\\x1b[8m\\x1b[2J\\x1b]0;x\\x07`,
  )
})

test.each([
  ['src/a.ts', 8, 'src/a.ts'],
  ['src/folder/file.ts', 12, 'src…/file.ts'],
  ['日本語/日本語.ts', 10, '日本…語.ts'],
  ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 5, '👩‍👩‍👧‍👦…👩‍👩‍👧‍👦'],
])('%s in %i columns is %s', (path, columns, shown) => {
  expect(shortenedPath(path, columns)).toBe(shown)
  expect(widthOf(shown)).toBeLessThanOrEqual(columns)
})
