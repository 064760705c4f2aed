import { expect, test } from 'vitest'
import { MAJORS, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

test.each(MAJORS)('the reporter alone does everything in Vitest %i', async (major) => {
  const project = vitestProject(major, FIXTURE)
  const { status, stdout, stderr } = await project.vitest(['--reporter=tstrace'])
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toMatch(/Tests {2}1 passed/)
  expect(stdout).toMatch(
    /\n\nlines {3}cov% {3}module {3}\(path\)\n {4}6 {4}83% {3}src\.recurse {3}\(src\/recurse\.ts\)\n$/,
  )
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
