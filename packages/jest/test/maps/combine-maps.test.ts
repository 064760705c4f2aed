import { decode, encode } from '@jridgewell/sourcemap-codec'
import { instrument } from '@tstrace/instrument'
import { expect, test } from 'vitest'
import { combineMaps } from '../../src/maps/combine-maps.ts'

const before = 'const a = 1\n  go(a, "b")\n'

function inserted() {
  const made = instrument(before, { file: 'a.js' })
  if (!made) throw new Error('nothing runs')
  return { before, after: made.body, insertions: made.insertions }
}

/** A compiler that moves nothing and maps what it is told to: line and column. */
function compiled(...places: [line: number, column: number][]) {
  const lines = inserted().after.split('\n')
  const decoded = lines.map((_, line) =>
    places
      .filter(([at]) => at === line)
      .map(([, column]) => [column, 0, line, column] as [number, number, number, number]),
  )
  return {
    version: 3 as const,
    sources: ['a.js'],
    sourcesContent: [inserted().after],
    mappings: encode(decoded),
  }
}

function origin(text: string, more = 0): unknown {
  const line = inserted()
    .after.split('\n')
    .findIndex((one) => one.includes(text))
  const column = (inserted().after.split('\n')[line] as string).indexOf(text) + more
  const [segment] = decode(combineMaps(compiled([line, column]), inserted()).mappings)[line] ?? []
  return segment?.slice(2)
}

test('what is after an insertion moves back', () => {
  expect(origin('const a')).toEqual([0, 0])
  expect(origin('go(a')).toEqual([1, 2])
  expect(origin('a, "b"')).toEqual([1, 5])
})

test('a place within a token moves with it', () => {
  expect(origin('const a', 2)).toEqual([0, 2])
  expect(origin('go(a', 1)).toEqual([1, 3])
})

test('what leads into an insertion leads nowhere', () => {
  expect(origin('cov_')).toEqual([])
  expect(origin('cov_', 3)).toEqual([])
})

test('the text is the one on disk', () => {
  expect(combineMaps(compiled(), inserted()).sourcesContent).toEqual([before])
})
