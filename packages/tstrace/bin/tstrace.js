#!/usr/bin/env node
import { unsupportedNode } from '@tstrace/core/node-support'
// Not in dist, so that npm can link it before the first build of a clone.
import { sentenceOf } from '@tstrace/results/errors'

const problem = unsupportedNode()
if (problem === undefined) {
  const loading = import('../dist/command/main.js')
  await loading.then(({ main }) => main(process.argv.slice(2))).catch(refused)
} else say(sentenceOf(problem))

/** So early nothing of ours is there that knows what systems say. */
function refused(error) {
  if (error.code !== 'EMFILE' && error.code !== 'ENFILE') throw error
  say(
    `Cannot open ${error.path}: too many files are open (${error.code}). Raise the limit (\`ulimit -n\`). [TST_SYSTEM]`,
  )
  process.exit()
}

function say(sentence) {
  process.stderr.write(`tstrace: ${sentence}\n`)
  process.exitCode = 1
}
