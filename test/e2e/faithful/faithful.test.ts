import { describe, expect, test } from 'vitest'
import type { Ended } from '../command.ts'
import { MAJORS, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

/** What a run says without its times, and without what tstrace says after it. */
function said({ status, stdout, stderr }: Ended): object {
  const own = stdout.split('\nlines   cov%')[0] ?? ''
  const timeless = own
    .replace(/\d+(\.\d+)?m?s\b/g, 'TIME')
    .replace(/^ *(Start at|Duration).*\n/gm, '')
    .replace(/^ *(Isolate|at least|Cache).*\n/gm, '')
    .trimEnd()
  return { status, stderr, stdout: timeless.split('\n').sort() }
}

describe.each(MAJORS)('Vitest %i', (major) => {
  test.each(['', '--trackcalls'])('says the same with and without tracing %s', async (TSTRACE) => {
    const args = ['test/ledger.test.ts', '--includeTaskLocation']
    const plain = await vitestProject(major, FIXTURE).vitest(args)
    const traced = await vitestProject(major, FIXTURE).vitest([...args, '--reporter=tstrace'], {
      env: { TSTRACE },
    })
    expect(plain.stderr).toContain('src/ledger.ts:5:27')
    expect(plain.stderr).toContain('at the bottom')
    expect(plain.stdout).toContain('Tests  5 failed | 2 passed')
    expect(said(traced)).toEqual(said(plain))
  })

  test.each(['', '--trackcalls'])(
    'writes the same inline snapshots with and without tracing %s',
    async (TSTRACE) => {
      const args = ['test/new.test.ts', '--update']
      const plain = vitestProject(major, FIXTURE)
      const traced = vitestProject(major, FIXTURE)
      expect(await plain.vitest(args)).toMatchObject({ status: 0 })
      expect(await traced.vitest([...args, '--reporter=tstrace'], { env: { TSTRACE } })).toMatchObject({
        status: 0,
      })
      expect(plain.read('test/new.test.ts')).toContain('toMatchInlineSnapshot(`5`)')
      expect(traced.read('test/new.test.ts')).toBe(plain.read('test/new.test.ts'))
    },
  )
})
