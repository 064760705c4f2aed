import type { CallEdge } from '@tstrace/results'
import type { CoverageResults } from 'tstrace'

/** What `CoverageResults.of` gives. */
export type Counted = ReturnType<CoverageResults['of']>

/** How what was counted of one test in a whole run differs from what it counts when it runs alone; a line for each place. */
export function differences(whole: Counted, alone: Counted): string[] {
  const paths = [...new Set([...whole.paths(), ...alone.paths()])].sort()
  return [...paths.flatMap((path) => differentLines(path, whole, alone)), ...differentEdges(whole, alone)]
}

function differentLines(path: string, whole: Counted, alone: Counted): string[] {
  const [ofWhole, ofAlone] = [linesOf(path, whole), linesOf(path, alone)]
  const lines = [...new Set([...ofWhole.keys(), ...ofAlone.keys()])].sort((a, b) => a - b)
  const different = lines.flatMap((line) =>
    compared(`${path}:${line}`, ofWhole.get(line) ?? 0, ofAlone.get(line) ?? 0),
  )
  if (different.length > 0 || countersOf(path, whole) === countersOf(path, alone)) return different
  return [`${path}: other counters, on the same lines`]
}

function linesOf(path: string, counted: Counted): Map<number, number> {
  return counted.sources().some((source) => source.path === path) ? counted.lineCounts(path) : new Map()
}

function countersOf(path: string, counted: Counted): string {
  const sources = counted.sources().filter((source) => source.path === path)
  return JSON.stringify(sources.map(({ counts, hash }) => [hash, [...counts]]))
}

function differentEdges(whole: Counted, alone: Counted): string[] {
  const [ofWhole, ofAlone] = [edgesOf(whole), edgesOf(alone)]
  const names = [...new Set([...ofWhole.keys(), ...ofAlone.keys()])].sort()
  return names.flatMap((name) => compared(name, ofWhole.get(name) ?? 0, ofAlone.get(name) ?? 0))
}

function edgesOf(counted: Counted): Map<string, number> {
  return new Map(counted.edges().map((edge) => [nameOf(edge), edge.calls]))
}

function nameOf({ callee, caller }: CallEdge): string {
  return `${caller.path} ${caller.name} -> ${callee.path} ${callee.name}`
}

function compared(what: string, inWhole: number, alone: number): string[] {
  return inWhole === alone ? [] : [`${what}: ${inWhole} in the whole run, ${alone} alone`]
}
