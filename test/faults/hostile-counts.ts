import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { CoverageResults } from '@tstrace/results'
import { writeCountsFile } from '@tstrace/results/counts-file'
import { resultsOf, run as runRecord } from '../e2e/counts-hostile/base-files.ts'
import { NAMES } from './hostile-texts.ts'

/** Of the counts files, each of which has one. */
let runs = 0

/** A counts file with one run, in whose names and calls are hostile texts. */
export function writeCounts(path: string, given: Parameters<typeof runRecord>[1], project = 'demo'): void {
  const counted = resultsOf(1)
  for (const name of NAMES) {
    const [source] = counted.sources()
    if (source) counted.addSource({ ...source, path: `src/${name}.ts` })
    counted.addEdge({
      caller: { path: `src/${name}.ts`, name },
      callee: { path: 'src/a.ts', name: 'f' },
      calls: 1,
      resumptions: 0,
    })
  }
  writeCountsFile(path, {
    head: { project, base: '', runs: [runRecord(runs++, given)] },
    counted: new Map([
      [given?.label ?? '', new CoverageResults({ sources: counted.sources(), edges: counted.edges() })],
    ]),
  })
}

/** Changes what a counts file says of its only run, and its trailer with it. */
export function changeRun(path: string, changes: object): void {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(0, -1)
  const text = lines
    .map((line) =>
      line.startsWith('run\t')
        ? `run\t${JSON.stringify({ ...JSON.parse(line.slice(4)), ...changes })}`
        : line,
    )
    .map((line) => `${line}\n`)
    .join('')
  const hash = createHash('sha256').update(text).digest('hex')
  writeFileSync(path, `${text}end\t${lines.length}\t${hash}\n`)
}
