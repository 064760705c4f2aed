import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, tstrace } from './tstrace-command.ts'

const never = (name: string): string => `function ${name}() {\n  return 1\n}\n`
const NAMES = Array.from({ length: 12 }, (_, i) => `f${i}`)

test('in a job the summary of the step, and annotations for what a pull request adds and never runs', async () => {
  const folder = folderWith({ 'app/main.js': 'console.log(1)\n', 'summary.md': 'what others say\n' })
  const git = (...words: string[]): void => {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'init.defaultBranch=main']
    execFileSync('git', [...who, ...words], { cwd: folder })
  }
  const commit = (): void => {
    git('add', 'app')
    git('commit', '-qm', 'a change')
  }
  git('init', '-q')
  commit()
  writeFileSync(join(folder, 'app/main.js'), `console.log(1)\n${NAMES.map(never).join('')}`)
  commit()
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_REF: 'refs/pull/7/merge',
    GITHUB_WORKSPACE: folder,
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
  }
  const run = (more: Record<string, string>) =>
    tstrace(join(folder, 'app'), ['-c', '-C', 'out', '--format', 'github', 'main.js'], {
      env: { ...env, ...more },
    })
  const { status, stderr, stdout } = await run({})
  expect([status, stdout]).toEqual([0, '1\n'])
  const commands = stderr.split('\n').filter((line) => line.startsWith('::'))
  expect(commands).toHaveLength(10)
  expect(commands[0]).toBe('::warning file=app/main.js,line=3,endLine=3,title=tstrace::This line never ran.')
  expect(stderr).toContain('tstrace: Of the change 2 more places never ran than the 10 that are annotated.\n')
  const summary = readFileSync(join(folder, 'summary.md'), 'utf8')
  expect(summary).toMatch(/^what others say\n### tstrace: 52% of lines ran, 13 of 25 in 1 source\n/)
  expect(summary).toContain(
    '12 of 24 changed lines that can run never ran. 2 more places than are annotated.\n',
  )
  expect(readFileSync(join(folder, 'app/out/github.md'), 'utf8')).toContain('#### Never ran')

  const full = await run({
    GITHUB_REF: 'refs/heads/main',
    GITHUB_STEP_SUMMARY: join(folder, 'no/summary.md'),
  })
  expect(full.stderr).toMatch(/tstrace: No summary of the step: .*ENOENT/)
  expect(full.status, 'that is no reason to fail').toBe(0)
  const event = join(folder, 'event.json')
  writeFileSync(event, JSON.stringify({ before: 'f'.repeat(40) }))
  const shallow = await run({ GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_PATH: event })
  expect(shallow.stderr).toMatch(
    /tstrace: No annotations: git cannot compare with f{40}: .* fetch-depth of 2/,
  )
  const elsewhere = await run({ GITHUB_ACTIONS: '' })
  expect(elsewhere.stderr).toBe('')
})
