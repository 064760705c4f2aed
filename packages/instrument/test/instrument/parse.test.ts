import { readdirSync, readFileSync } from 'node:fs'
import { instrument } from '@tstrace/instrument'
import { expect, test } from 'vitest'

const SOURCES = new URL('../../src/instrument/', import.meta.url)

/** What the parser hands over in ways of their own: as JSON, and as numbers in memory. */
const SPECIAL: Readonly<Record<string, string>> = {
  'hashbang.js': '#!/usr/bin/env node\n"use strict"\n// 😀\nrun("😀", 1)\n',
  'values.js': 'f(123n, /[a-z]+/gu, /(?<=é)\\p{L}/v, 1e400, -0, "\\ud800", "\\u2028", null)\n',
  'comments.ts': '/* é */ const a: number /* b */ = 1 /* istanbul ignore next */\nif (a) { f() } // 😀\n',
  'element.tsx': 'const a = <b c={1} {...d}>&amp; é {f(() => <></>)}</b>\n',
  'holes.ts': 'const [a, , b = 1, ...c] = [1, , 2]\nabstract class D<T> { declare e: T; @f g = `x` }\n',
}

test('what is made of a source is the same however its tree is handed over', () => {
  const own = readdirSync(SOURCES).map(
    (name) => [name, readFileSync(new URL(name, SOURCES), 'utf8')] as const,
  )
  const sources = [...Object.entries(SPECIAL), ...own.slice(0, 30)]
  const made = (): unknown[] =>
    sources.map(([file, text]) => instrument(text, { file, calls: true, branches: true }))
  const early = made()
  instrument('f(1)\n'.repeat(120_000), { file: 'much.js' })
  expect(made()).toEqual(early)
})
