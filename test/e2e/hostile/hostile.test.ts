import { describe, expect, test } from 'vitest'
import { MAJORS, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

describe.each(MAJORS)('Vitest %i', (major) => {
  test.each(['forks', 'threads', 'vmForks', 'vmThreads'])(
    '%s: mocks, fake timers and spies change no count',
    async (pool) => {
      const project = vitestProject(major, FIXTURE)
      const args = ['--reporter=tstrace', `--pool=${pool}`]
      const { status, stdout, stderr } = await project.vitest(args, { env: { TSTRACE: '--trackcalls' } })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout).toContain('    6   100%   src.polite   (src/polite.ts)')
      expect(project.read('coverage/tstrace/src/polite.cover')).toContain(
        '    2:   const before = Date.now()',
      )
    },
  )
})
