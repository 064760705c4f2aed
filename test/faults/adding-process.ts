import { writeSync } from 'node:fs'
import { CoverageResults } from '@tstrace/results'
import { accumulate, type RunRecord } from '@tstrace/results/counts-file'

// Adds runs to a counts file, and says the id of each that is in it. Arguments: file, name of this process, how often.
const [file = '', name = '', times = '0'] = process.argv.slice(2)

const lines = Array.from({ length: 20 }, (_, i) => ({
  line: i + 1,
  column: 0,
  counters: [i],
  rule: 'statement',
}))
const sites = { counters: 20, lines, functions: [], branches: [] }

for (let i = 1; i <= Number(times); i++) {
  const results = new CoverageResults()
  // What a run counts follows from its id, so that whoever reads the ids knows the sum.
  const counts = Float64Array.from({ length: 20 }, (_, counter) => i * 100 + counter)
  for (const path of ['every.js', `only-${name}.js`]) results.addSource({ path, hash: 'abc', sites, counts })
  const [caller, callee] = ['main', 'f'].map((of) => ({ path: 'every.js', name: of }))
  results.addEdge({ caller: caller!, callee: callee!, calls: i, resumptions: 0 })
  const run: RunRecord = {
    id: `run-${name.padStart(8, '0')}-${String(i).padStart(6, '0')}`,
    run: '',
    shard: '',
    commit: '',
    runner: 'node',
    tstrace: '',
    rules: '',
    node: process.versions.node,
    started: '',
    base: '',
    label: '',
    losses: '',
  }
  accumulate({ project: { project: 'demo', base: '' }, run, results }, file)
  writeSync(1, `${run.id}\n`)
}
