import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { FRONT_ENDS, type SmallProject } from './front-ends.ts'
import { howMany } from './how-many.ts'
import { expectNoSilentLoss, type SmallCounts, smallCounts } from './small-project.ts'

/** How often each front end is killed; in the whole form there are 19 of them. */
const KILLS = howMany({ short: 2, whole: 11 })

/** The golden ratio spreads any number of moments evenly. */
const moment = (at: number, duration: number): number => ((at * 0.618_034 + 0.3) % 1) * duration

/**
 * Numbers of the processes of Node.js that a process has started, and of theirs. Without esbuild nothing runs at all, and without
 * those that look for Jest's files Jest ends with an error before there is a run.
 */
function descendants(pid: number): number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n')
  const own = rows
    .filter((row) => !/esbuild|jest-haste-map/.test(row))
    .map((row) => row.trim().split(/\s+/, 2).map(Number))
  const found = [pid]
  for (const parent of found) found.push(...own.flatMap(([one = 0, of]) => (of === parent ? [one] : [])))
  return found.slice(1)
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Runs a project, and kills its main process or one that this has started. @returns which of them it was */
async function runKilled(
  { isRunner, run }: SmallProject,
  { after, at }: { at: number; after: number },
): Promise<{ killed: 'main' | 'other' | 'none'; stderr: string }> {
  const found: { killed: 'main' | 'other' | 'none'; all: readonly number[] } = { killed: 'none', all: [] }
  const onStart = async (pid: number): Promise<void> => {
    await sleep(after)
    if (!isThere(pid)) return
    const others = descendants(pid)
    found.all = [pid, ...others]
    const other = at % 2 === 0 ? others[at % Math.max(1, others.length)] : undefined
    try {
      process.kill(other ?? pid, 'SIGKILL')
      found.killed = other === undefined ? 'main' : 'other'
    } catch {
      // Gone in between.
    }
  }
  const { stderr } = await run({ onStart: (pid) => void onStart(pid) })
  const { all, killed } = found
  // The program of a killed command ends by itself. Workers of a killed runner do so when the runner's own patience ends,
  // which in Vitest 3 are minutes.
  if (isRunner && killed === 'main') for (const pid of all.filter(isThere)) process.kill(pid, 'SIGKILL')
  while (all.some(isThere)) await sleep(20)
  return { killed, stderr }
}

/** What is in the folder of a project that was not there from the beginning, and in its folder for temporary files. */
function remnants({ folder, temporary }: SmallProject): string[] {
  const left = [...readdirSync(folder), ...readdirSync(temporary)]
  return left.filter((name) => /^\.?tstrace-|\.lock|\.tmp|\.turn/.test(name))
}

function isSame(one: SmallCounts, other: SmallCounts): boolean {
  return one.losses.size === other.losses.size
}

test.skipIf(process.platform === 'win32').each(Object.entries(FRONT_ENDS))(
  '%s: whoever is killed, nothing is lost in silence, and nothing stays',
  async (_name, make) => {
    const project = make()
    const { folder } = project
    const start = performance.now()
    expect(await project.run()).toMatchObject({ status: 0 })
    const duration = performance.now() - start
    const whole = smallCounts(folder)
    for (let at = 0; at < KILLS; at++) {
      const before = smallCounts(folder)
      const { killed, stderr } = await runKilled(project, { at, after: moment(at, duration) })
      const after = smallCounts(folder)
      // Who is killed can say nothing, and either has added its run or has not.
      if (killed === 'main' && isSame(before, after)) expect(after).toEqual(before)
      else if (killed === 'main') expect(after.losses.size).toBe(before.losses.size + 1)
      else expectNoSilentLoss({ whole, before, after, folder, stderr })
    }
    const before = smallCounts(folder)
    const last = await project.run()
    expectNoSilentLoss({ whole, before, after: smallCounts(folder), folder, stderr: last.stderr })
    expect(last).toMatchObject({ status: 0 })
    expect([...smallCounts(folder).losses.values()].at(-1)).toBeDefined()
    expect(remnants(project)).toEqual([])
  },
)
