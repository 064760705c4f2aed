import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callPrograms } from './call-programs.ts'
import { fileOf, type Program, run } from './program.ts'

const shared = globalThis as { note?: (caller: string, callee: string) => void }

/** Runs a program; gives the edges that it noted itself and those that were counted, callbacks apart. */
async function edgesOf(source: string): Promise<{ noted: string[]; counted: string[] }> {
  const program: Program = { source, language: 'js' }
  const notes = new Map<string, number>()
  shared.note = (caller, callee) => {
    const edge = `${caller} -> ${callee}`
    notes.set(edge, (notes.get(edge) ?? 0) + 1)
  }
  const plain = await run(program, { transformer: 'none' })
  expect(plain.behaviour).toEqual([])
  const inPlain = sorted(notes)
  notes.clear()
  const { at, behaviour, results } = await run(program, {
    transformer: 'none',
    instrument: { calls: true, branches: false },
  })
  expect(behaviour).toEqual([])
  expect(sorted(notes), 'what the program notes without counters').toEqual(inPlain)
  expect(at, 'the current function after the end').toBe(0)
  const path = fileOf(program)
  for (const { calls, name } of results.functions(path)) {
    const into = results.callersOf({ path, name })
    expect(`${name}: ${into.reduce((sum, edge) => sum + edge.calls, 0)}`).toBe(`${name}: ${calls}`)
  }
  const counted = results
    .edges()
    .filter(({ callee, calls }) => calls > 0 && !/<anonymous|<module>|\(…\)/.test(callee.name))
    .map(({ caller, callee, calls }): [string, number] => [`${caller.name} -> ${callee.name}`, calls])
  return { noted: inPlain, counted: sorted(new Map(counted)) }
}

function sorted(edges: ReadonlyMap<string, number>): string[] {
  return [...edges].map(([edge, count]) => `${edge}: ${count}`).sort()
}

test('every caller is the one that the program itself notes', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(callPrograms, async (source) => {
      const { counted, noted } = await edgesOf(source)
      expect(counted).toEqual(noted)
    }),
    { numRuns: 150 },
  )
})

test('a wrong note is found', async () => {
  const { counted, noted } = await edgesOf("function f() {\nnote('g', 'f')\n}\nf()\n")
  expect(noted).toEqual(['g -> f: 1'])
  expect(counted).toEqual(['<module> -> f: 1'])
})
