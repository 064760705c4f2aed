import { describe, expect, test } from 'vitest'
import { fileOf, type Mode, type Run, run } from './program.ts'
import { type Case, readCases } from './read-cases.ts'

const cases = readCases()
const kinds = [
  { calls: false, branches: false },
  { calls: true, branches: false },
  { calls: false, branches: true },
  { calls: true, branches: true },
]

for (const theme of new Set(cases.map((one) => one.theme))) {
  describe(theme, () => {
    test.each(cases.filter((one) => one.theme === theme))('$title', async (one) => {
      for (const transformer of one.transformers) await check(one, transformer)
    })
  })
}

async function check(one: Case, transformer: Mode['transformer']): Promise<void> {
  const plain = await run(one, { transformer })
  for (const kind of kinds) {
    const name = JSON.stringify({ transformer, ...kind })
    const counted = await run(one, { transformer, instrument: kind })
    expect(`${name}\n${listingOf(one, counted)}`).toBe(`${name}\n${one.listing}`)
    expect(counted.behaviour, name).toEqual(plain.behaviour)
    expect(counted.at, `${name}: the current function after the end`).toBe(0)
    const emitted = counted.instrumented?.code ?? one.source
    expect(emitted.split('\n').length, name).toBe(one.source.split('\n').length)
    if (kind.calls) checkCalls(one, counted, name)
    if (one.functions) expect(functionsOf(one, counted), name).toEqual(one.functions)
  }
}

function checkCalls(one: Case, { results }: Run, name: string): void {
  const path = fileOf(one)
  for (const { name: callee, calls } of isCounted(one, results) ? results.functions(path) : []) {
    const sum = results.callersOf({ path, name: callee }).reduce((total, edge) => total + edge.calls, 0)
    expect(`${callee}: ${sum}`, `${name}: sum of the edges into it`).toBe(`${callee}: ${calls}`)
  }
  if (!one.calls) return
  const edges = results.edges().map(({ caller, callee, calls, resumptions }) => {
    const again = resumptions > 0 ? ` +${resumptions}` : ''
    return `${caller.name} -> ${callee.name}: ${calls}${again}`
  })
  expect(edges.sort(), name).toEqual([...one.calls].sort())
}

function functionsOf(one: Case, { results }: Run): string[] {
  return results.functions(fileOf(one)).map(({ name, calls }) => `${name}: ${calls}`)
}

/** A text that asks to be left alone, or in which nothing runs, is in no results. */
function isCounted(one: Case, results: Run['results']): boolean {
  return results.sources().some(({ path }) => path === fileOf(one))
}

/** The listing that the counts give. */
function listingOf(one: Case, { results }: Run): string {
  const file = fileOf(one)
  const counted = isCounted(one, results)
  const counts = counted ? results.lineCounts(file) : new Map<number, number>()
  const missing = new Set(counted ? results.missingLines(file) : [])
  const prefix = (line: number): string => {
    const count = counts.get(line) ?? 0
    if (count > 0) return `${String(count).padStart(5)}: `
    return missing.has(line) ? '>>>>>> ' : ' '.repeat(7)
  }
  const lines = one.source.split('\n').map((text, line) => (text === '' ? '' : prefix(line + 1) + text))
  return lines.join('\n')
}
