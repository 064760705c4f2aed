import { expect, test } from 'vitest'
import { MAJORS, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

test.each(MAJORS)('the reporter alone does everything in Vitest %i', async (major) => {
  const project = vitestProject(major, FIXTURE)
  const { status, stdout, stderr } = await project.vitest(['--reporter=tstrace'])
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toContain(`

lines   cov%   module   (path)
    6    83%   src.recurse   (src/recurse.ts)

Written to coverage/tstrace/: 1 listing, results.json, recording.counts, summary.txt

 Test Files  1 passed (1)
      Tests  1 passed (1)
`)
  expect(project.read('coverage/tstrace/src/recurse.cover')).toBe(
    `    1: export function recurse(level: number): void {
    3:   console.log(\`recurse(\${level})\`)
    3:   if (level) {
    2:     recurse(level - 1)
         }
       }
       
    1: export function notCalled(): void {
>>>>>>   console.log('This function is never called.')
       }
`,
  )
})
