#!/usr/bin/env node
import { unsupportedNode } from '@tstrace/core/node-support'
// Not in dist, so that npm can link it before the first build of a clone.
import { sentenceOf } from '@tstrace/results/errors'

const problem = unsupportedNode()
if (problem === undefined) {
  const { main } = await import('../dist/command/main.js')
  await main(process.argv.slice(2))
} else {
  process.stderr.write(`tstrace: ${sentenceOf(problem)}\n`)
  process.exitCode = 1
}
