#!/usr/bin/env node
// Not in dist, so that npm can link it before the first build of a clone.
const loading = import('../dist/command/main.js')
await loading.then(({ main }) => main(process.argv.slice(2))).catch(refused)

/** So early nothing of ours is there that knows what systems say. */
function refused(error) {
  if (error.code !== 'EMFILE' && error.code !== 'ENFILE') throw error
  const sentence = `Cannot open ${error.path}: too many files are open (${error.code}). Raise the limit (\`ulimit -n\`). [TST_SYSTEM]`
  process.stderr.write(`tstrace: ${sentence}\n`)
  process.exitCode = 1
  process.exit()
}
