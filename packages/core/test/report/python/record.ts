/**
 * Writes `../fixtures/python-trace.json`: what Python's trace reports for the known cases and some random
 * ones, for machines without a fitting Python. Run with Node 24 from anywhere.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { arbitraryCase } from './arbitrary-cases.ts'
import { askPython, findPython } from './ask-python.ts'
import { knownCases } from './known-cases.ts'

const python = findPython()
if (!python) throw new Error('No Python 3.8 to 3.12 here; name one in TSTRACE_PYTHON.')
const random = fc
  .sample(arbitraryCase, { numRuns: 40, seed: 20 })
  .map((data, i) => [`random ${i + 1}`, data] as const)
const cases = [...Object.entries(knownCases), ...random]
const reports = askPython(
  python,
  cases.map(([, data]) => data),
)
const rows = cases.map(([name, data], i) => JSON.stringify({ name, case: data, report: reports[i] }))
writeFileSync(join(import.meta.dirname, '../fixtures/python-trace.json'), `[\n${rows.join(',\n')}\n]\n`)
