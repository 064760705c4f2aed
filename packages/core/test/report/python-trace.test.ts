import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryCase } from './python/arbitrary-cases.ts'
import { askPython, findPython } from './python/ask-python.ts'
import { knownCases } from './python/known-cases.ts'
import { differences, type Report, type ReportCase, reportOf } from './python/report-case.ts'

interface Stored {
  readonly name: string
  readonly case: ReportCase
  readonly report: Report
}

const fixture = join(import.meta.dirname, 'fixtures/python-trace.json')
const stored = JSON.parse(readFileSync(fixture, 'utf8')) as Stored[]
const python = findPython()

test.each(stored)('$name: the reports are what Python wrote, byte for byte', ({ case: data, report }) => {
  expect(differences(reportOf(data), report)).toEqual([])
})

test('every known case is stored as it is now', () => {
  for (const [name, data] of Object.entries(knownCases)) {
    expect(stored.find((one) => one.name === name)?.case).toEqual(JSON.parse(JSON.stringify(data)))
  }
})

test.runIf(python)('the Python of this machine says what is stored', () => {
  const reports = askPython(
    python as string,
    stored.map((one) => one.case),
  )
  expect(reports).toEqual(stored.map(({ report }) => report))
})

test.runIf(python)(
  'random reports are what Python writes, byte for byte',
  () => {
    const same = fc.property(fc.array(arbitraryCase, { minLength: 1, maxLength: 40 }), (cases) => {
      const expected = askPython(python as string, cases)
      expect(cases.flatMap((data, i) => differences(reportOf(data), expected[i] as Report))).toEqual([])
    })
    fc.assert(same, { numRuns: 15, endOnFailure: false })
  },
  120_000,
)

test('a single wrong byte is seen, wherever it is', () => {
  const { case: data, report } = stored.find(({ name }) => name === 'the PyMOTW example') as Stored
  const ours = reportOf(data)
  for (let at = 0; at < ours.printed.length; at++) {
    const printed = `${ours.printed.slice(0, at)}\0${ours.printed.slice(at + 1)}`
    expect(differences({ ...ours, printed }, report)).toHaveLength(1)
  }
  for (const [module, bytes] of Object.entries(ours.listings)) {
    const length = Buffer.from(bytes, 'base64').length
    for (let at = 0; at < length; at++) {
      const wrong = Buffer.from(bytes, 'base64').map((byte, i) => (i === at ? byte ^ 1 : byte))
      const listings = { ...ours.listings, [module]: Buffer.from(wrong).toString('base64') }
      expect(differences({ ...ours, listings }, report)).toHaveLength(1)
    }
  }
  expect(differences({ ...ours, listings: {} }, report)).toHaveLength(1)
  expect(differences({ ...ours, listings: { ...ours.listings, more: '' } }, report)).toHaveLength(1)
})
