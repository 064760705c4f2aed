import { expect, test } from 'vitest'
import { MAJORS, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

test.each(MAJORS)(
  'Vitest %i: what runs around the tests, tests inside sources, sources not on disk',
  async (major) => {
    const project = vitestProject(major, FIXTURE)
    const { status, stdout, stderr } = await project.vitest(['--reporter=tstrace'], {
      env: { TSTRACE: '--debug' },
    })
    expect(status).toBe(0)
    // Two test files, each with the setup file, and the test; not the run's own process.
    expect(project.read('coverage/tstrace/src/clock.cover')).toContain('    3:   return 1')
    expect(project.read('coverage/tstrace/src/inside.cover')).toContain('    1:   return 2 * n')
    expect(stdout).toContain('ignored test/setup.ts: is a setup file of Vitest\n')
    expect(stdout).toContain('    1   100%   src.made-up   (src/made-up.ts)\n')
    expect(stderr).toMatch(/^tstrace: No listing for src\/made-up\.ts: .*\n$/)
  },
)
