import type { OutputFile } from '@tstrace/results/writing'
import { expect, test } from 'vitest'
import { placeBeside } from '../../../src/command/program/place-beside.ts'

/** A listing as core names it: below one folder, without the `../..` of its source. */
function listing(listingOf: string, path: string): OutputFile {
  return { path, listingOf, text: `listing of ${listingOf}` }
}

const anywhere = { sources: [], mayStand: () => true }

test('what mirrors the root, or is not a listing, is for the root', () => {
  const files = [
    listing('a.js', 'a.cover'),
    listing('src/a.js', 'src/a.cover'),
    listing('..hidden.js', '..hidden.cover'),
    { path: 'summary.txt', text: '' },
  ]
  expect(placeBeside(files, anywhere)).toEqual({ inside: files, outside: new Map(), refused: [] })
})

test('listings of sources outside are divided by folder, under their own names', () => {
  const files = [
    listing('../b/x.js', 'b/x.js.cover'),
    listing('../b/x.ts', 'b/x.ts.cover'),
    listing('../../deep/c/y.js', 'deep/c/y.cover'),
    listing('/far/z.js', 'far/z.cover'),
  ]
  const { inside, outside } = placeBeside(files, anywhere)
  expect(inside).toEqual([])
  expect(outside).toEqual(
    new Map([
      [
        '../b',
        [
          { path: 'x.js.cover', text: 'listing of ../b/x.js' },
          { path: 'x.ts.cover', text: 'listing of ../b/x.ts' },
        ],
      ],
      ['../../deep/c', [{ path: 'y.cover', text: 'listing of ../../deep/c/y.js' }]],
      ['/far', [{ path: 'z.cover', text: 'listing of /far/z.js' }]],
    ]),
  )
})

test('nothing is written beside a source outside that may not be; it is named once, with or without a listing', () => {
  const files = [
    listing('../b/x.js', 'b/x.cover'),
    listing('../b/x.js', 'b/x@0123abcd.cover'),
    listing('../c/y.js', 'c/y.cover'),
    listing('a.js', 'a.cover'),
  ]
  const placed = placeBeside(files, {
    sources: ['../b/gone.js', '../b/x.js', '../b/x.js', '../c/y.js', 'a.js'],
    mayStand: (path) => path === '../c/y.js',
  })
  expect(placed.refused).toEqual(['../b/gone.js', '../b/x.js'])
  expect([...placed.outside.keys()]).toEqual(['../c'])
  expect(placed.inside).toEqual([files[3]])
})

test('the text of a listing is made when it is written, not when it is placed', () => {
  let made = 0
  const late = {
    path: 'b/x.cover',
    listingOf: '../b/x.js',
    get text() {
      made++
      return ''
    },
  }
  const { outside } = placeBeside([late], anywhere)
  expect(made).toBe(0)
  expect(outside.get('../b')?.[0]?.text).toBe('')
  expect(made).toBe(1)
})
