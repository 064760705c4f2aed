import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isNestedTooDeeply } from '../../src/instrument/nesting.ts'

/** Kinds of nesting, each with as much weight as `isNestedTooDeeply` gives it, and as little text. */
const KINDS: Readonly<Record<string, (depth: number) => string>> = {
  brackets: (depth) => '('.repeat(depth),
  'brackets behind words': (depth) => 'a('.repeat(depth),
  'brackets behind brackets': (depth) => '[][{'.repeat(depth),
  arrows: (depth) => 'a=>'.repeat(depth),
  types: (depth) => 'a<'.repeat(depth),
  tags: (depth) => '<a b=<'.repeat(depth),
  words: (depth) => 'new '.repeat(depth),
  'words behind ends': (depth) => ')in'.repeat(depth),
  questions: (depth) => 'a?'.repeat(depth),
  labels: (depth) => 'a:'.repeat(depth),
  operators: (depth) => '!'.repeat(depth),
  quotes: (depth) => '``'.repeat(depth),
  assignments: (depth) => 'a='.repeat(depth),
  elses: (depth) => 'if(a)b\nelse '.repeat(depth),
}

/** The least depth that is refused. */
function limit(make: (depth: number) => string): number {
  let [low, high] = [0, 60_000]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (isNestedTooDeeply(make(middle), 'tsx')) high = middle
    else low = middle
  }
  return high
}

test.each(Object.entries(KINDS))(
  'what stands in front of deep code makes none of it acceptable: %s',
  (_, make) => {
    const deepest = limit(make)
    expect(deepest).toBeLessThan(60_000)
    // With so much in front of it, the text is never taken for one that has too little in it.
    const much = `${'a(b);\n'.repeat(2000)}`
    expect(isNestedTooDeeply(much, 'tsx')).toBe(false)
    expect(isNestedTooDeeply(much + make(deepest), 'tsx')).toBe(true)
    expect(isNestedTooDeeply(much + make(deepest - 1), 'tsx')).toBe(false)
  },
)

test('no source of this package is nested too deeply', () => {
  const folder = new URL('../../src/instrument/', import.meta.url)
  for (const name of readdirSync(folder))
    expect(isNestedTooDeeply(readFileSync(new URL(name, folder), 'utf8'), 'ts')).toBe(false)
})
