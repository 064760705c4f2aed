import { expect, test } from 'vitest'
import { MAJORS, NEWEST, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('../recurse/fixtures/', import.meta.url)

const LINES = ` --- modulename: src.recurse, funcname: <module>
recurse.ts(1): export function recurse(level: number): void {
recurse.ts(8): export function notCalled(): void {
 --- test: recurse counts down to 0
 --- modulename: src.recurse, funcname: recurse
recurse.ts(2):   console.log(\`recurse(\${level})\`)
recurse.ts(3):   if (level) {
recurse.ts(4):     recurse(level - 1)
 --- modulename: src.recurse, funcname: recurse
recurse.ts(2):   console.log(\`recurse(\${level})\`)
recurse.ts(3):   if (level) {
recurse.ts(4):     recurse(level - 1)
 --- modulename: src.recurse, funcname: recurse
recurse.ts(2):   console.log(\`recurse(\${level})\`)
recurse.ts(3):   if (level) {
`

test.each(MAJORS)('Vitest %i: a .trace file per test file, the name of the test in front', async (major) => {
  const project = vitestProject(major, FIXTURE)
  const { status, stderr } = await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: '--trace' } })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(project.read('coverage/tstrace/test/recurse.test.trace')).toBe(LINES)
  expect(project.read('coverage/tstrace/src/recurse.cover')).toContain('    3:   if (level) {\n')
})

test.each(['threads', 'forks'])('in %s the lines go to standard output when asked for', async (pool) => {
  const project = vitestProject(NEWEST, FIXTURE)
  const { status, stdout } = await project.vitest(['--reporter=tstrace', `--pool=${pool}`], {
    env: { TSTRACE: '--trace=stdout' },
  })
  expect(status).toBe(0)
  for (const line of LINES.trimEnd().split('\n')) expect(stdout).toContain(`${line}\n`)
})

test('another value is an error that names the known ones', async () => {
  const project = vitestProject(NEWEST, FIXTURE)
  const { stderr } = await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: '--trace=file' } })
  expect(stderr).toContain('Option "trace" in TSTRACE must be true, false or "stdout", not "file".')
})

test('with --timing the seconds since the test file began stand in front of each line', async () => {
  const project = vitestProject(NEWEST, FIXTURE)
  const { status } = await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: '--trace --timing' } })
  expect(status).toBe(0)
  const lines = project.read('coverage/tstrace/test/recurse.test.trace')
  expect(lines.replaceAll(/^\d+\.\d\d (?=\w+\.ts\(\d+\): )/gm, '')).toBe(LINES)
  expect(lines).toMatch(/^0\.\d\d recurse\.ts\(1\): /m)
})

test('a folder that cannot be written to is named, and fails no test', async () => {
  const project = vitestProject(NEWEST, FIXTURE)
  project.write('coverage/tstrace/test', 'a file where a folder should be')
  const { status, stderr } = await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: '--trace' } })
  expect(status).toBe(0)
  expect(stderr).toContain('tstrace: The lines of <project>/test/recurse.test.ts are not shown: ')
})
