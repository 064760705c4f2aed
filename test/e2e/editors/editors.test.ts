import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCommand } from '../command.ts'
import { COMPILE_CACHE, REPOSITORY } from '../install.ts'
import { majorsOf, vitestProject } from '../vitest-project.ts'
import { EDITORS } from './where.ts'

const FIXTURE = new URL('../recurse/fixtures/', import.meta.url)

const CONFIG = "import tstrace from 'tstrace'\nexport default { plugins: [tstrace()] }\n"

/** What extensions do: one server with a reporter of their own and no other, and a run whenever somebody asks for one. */
const EDITOR = `const [, , vitestNode] = process.argv
const { createVitest } = await import(vitestNode)
const said = []
const reporter = {
  onTestCaseResult: (test) => said.push(test.fullName + ': ' + test.result().state),
  onTestRunEnd: (modules, errors, reason) => said.push(reason),
}
const vitest = await createVitest('test', { watch: true, ui: false, api: false, includeTaskLocation: true, reporters: [reporter] })
// Some begin twice.
await vitest.standalone?.()
await vitest.init()
const specifications = await vitest.globTestSpecifications()
for (let run = 0; run < 2; run++) {
  await vitest.runTestSpecifications(specifications, true)
  console.log(said.splice(0).join(', '))
}
await vitest.close()
`

test.each(majorsOf(EDITORS))('Vitest %i', async (major) => {
  const project = vitestProject(major, FIXTURE)
  project.write('vitest.config.mjs', CONFIG)
  project.write('editor.mjs', EDITOR)
  const place = major === 5 ? '' : `runners/vitest-${major}`
  const { status, stderr, stdout } = await runCommand({
    program: join(project.folder, 'editor.mjs'),
    args: [join(REPOSITORY, place, 'node_modules/vitest/dist/node.js')],
    folder: project.folder,
    options: { env: COMPILE_CACHE },
  })
  // Since Vitest 4 one of the two is deprecated.
  expect({ status, stderr: stderr.replace(/^.*DEPRECATED.*\n/m, '') }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatchInlineSnapshot(`
    "
    lines   cov%   module   (path)
        6    83%   src.recurse   (src/recurse.ts)

    Written to coverage/tstrace/: 1 listing, results.json, recording.counts, summary.txt
    recurse counts down to 0: passed, passed

    No source runs other lines than before.
    recurse counts down to 0: passed, passed
    "
  `)
  expect(project.read('coverage/tstrace/src/recurse.cover')).toMatch(/^ {4}3: {3}console\.log/m)
})
