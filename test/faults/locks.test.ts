import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readCountsFile } from '@tstrace/results/counts-file'
import { expect, test } from 'vitest'
import { folderWith, tstrace } from '../e2e/cli-command/tstrace-command.ts'
import { howMany } from './how-many.ts'

/** Runs that each writer adds, and processes that are killed meanwhile, at least. */
const RUNS = howMany({ short: 6, whole: 50 })
const KILLED = howMany({ short: 4, whole: 12 })
const HOLDING = howMany({ short: 1, whole: 4 })

const ADDING = fileURLToPath(new URL('adding-process.ts', import.meta.url))

interface Adding {
  readonly child: ChildProcess
  /** Ids of the runs that it has said to be in the file. */
  readonly reported: string[]
  readonly ended: Promise<readonly unknown[]>
  readonly complaints: string[]
}

function startAdding(file: string, name: string, times: number): Adding {
  const child = spawn(process.execPath, ['--no-warnings', ADDING, file, name, `${times}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [reported, complaints]: string[][] = [[], []]
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() as string
    reported!.push(...lines)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints!.push(text))
  return { child, reported: reported!, complaints: complaints!, ended: once(child, 'close') }
}

/**
 * Kills processes as long as others work, and until enough were killed: half of them at random, half while they hold the
 * lock.
 */
async function killWhile(file: string, isWorking: () => boolean): Promise<readonly Adding[]> {
  const victims: Adding[] = []
  let holding = 0
  // How many there are while the others work depends on how busy the machine is.
  const goesOn = (): boolean => isWorking() || victims.length < KILLED || holding < HOLDING
  const one = async (isOdd: boolean): Promise<void> => {
    while (goesOn()) {
      const victim = startAdding(file, `v${victims.length}`, 1_000_000)
      victims.push(victim)
      while (goesOn() && victim.reported.length === 0) await pause(5)
      if (isOdd) await pause(Math.random() * 100)
      else while (goesOn() && holderOf(file) !== victim.child.pid) await pause(0)
      if (holderOf(file) === victim.child.pid) holding++
      victim.child.kill('SIGKILL')
      await victim.ended
    }
  }
  await Promise.all([one(false), one(true), one(false), one(true)])
  return victims
}

function holderOf(file: string): number | undefined {
  try {
    return JSON.parse(readFileSync(`${file}.lock`, 'utf8')).pid
  } catch {
    return undefined
  }
}

/** What the runs with these ids have counted together. */
function sumOfRuns(ids: readonly string[]): { calls: number; counts: Map<string, number[]> } {
  const counts = new Map<string, number[]>()
  let calls = 0
  for (const id of ids) {
    const [, name, number] = /^run-0*(\w+)-(\d+)$/.exec(id) as unknown as [string, string, string]
    const i = Number(number)
    calls += i
    for (const path of ['every.js', `only-${name}.js`]) {
      const sum = counts.get(path) ?? Array.from({ length: 20 }, () => 0)
      counts.set(
        path,
        sum.map((count, counter) => count + i * 100 + counter),
      )
    }
  }
  return { calls, counts }
}

test('sixteen processes add to one file while others are killed: no run is lost, none is there twice', async () => {
  const folder = folderWith({})
  const file = join(folder, 'counts')
  const workers = Array.from({ length: 16 }, (_, i) => startAdding(file, `w${i}`, RUNS))
  let working = workers.length
  for (const { ended } of workers) ended.then(() => working--)
  const victims = await killWhile(file, () => working > 0)
  for (const { child, complaints, reported } of workers)
    expect({ status: child.exitCode, complaints, reported: reported.length }).toEqual({
      status: 0,
      complaints: [],
      reported: RUNS,
    })
  expect(victims.flatMap(({ complaints }) => complaints)).toEqual([])

  // Whoever comes next cleans up behind the killed.
  const last = startAdding(file, 'last', 1)
  await last.ended
  expect(readdirSync(folder)).toEqual(['counts'])

  const { counted, head } = readCountsFile(file)
  const ids = head.runs.map(({ id }) => id)
  const reported = [...workers, ...victims, last].flatMap((adding) => adding.reported)
  expect(new Set(ids).size).toBe(ids.length)
  expect(reported.filter((id) => !ids.includes(id))).toEqual([])
  const results = counted.get('')
  const { calls, counts } = sumOfRuns(ids)
  expect(new Map(results?.sources().map((source) => [source.path, [...source.counts]]))).toEqual(counts)
  expect(results?.edges()).toMatchObject([{ calls }])
})

test('commands that count into one file at once, some of them killed', async () => {
  const folder = folderWith({
    'package.json': '{"name":"demo","type":"module"}',
    'main.js': 'for (let i = 0; i < 10; i++) {\n  Math.abs(i)\n}\n',
  })
  const words = ['-c', '-R', '-f', 'counts.gz', 'main.js']
  const repeated = async (): Promise<void> => {
    for (let i = 0; i < howMany({ short: 1, whole: 3 }); i++)
      expect(await tstrace(folder, words)).toMatchObject({ status: 0, stdout: '', stderr: '' })
  }
  let isWorking = true
  const killing = async (): Promise<number> => {
    let killed = 0
    for (; isWorking; killed++) {
      const aborted = new AbortController()
      const run = tstrace(folder, words, { killed: aborted.signal })
      await pause(300 + Math.random() * 500)
      aborted.abort()
      await run
    }
    return killed
  }
  const killed = killing()
  await Promise.all([repeated(), repeated(), repeated(), repeated()])
  isWorking = false
  expect(await killed).toBeGreaterThan(0)
  const { counted, head } = readCountsFile(join(folder, 'counts.gz'))
  expect(head.runs.length).toBeGreaterThanOrEqual(4 * howMany({ short: 1, whole: 3 }))
  expect([...(counted.get('')?.lineCounts('main.js') ?? [])]).toEqual([
    [1, 11 * head.runs.length],
    [2, 10 * head.runs.length],
  ])
})

/** What a lock that a process of this machine holds says. */
async function lockBy(file: string): Promise<Record<string, unknown>> {
  const holder = startAdding(file, 'holder', 1_000_000)
  while (holderOf(file) !== holder.child.pid) await pause(0)
  holder.child.kill('SIGSTOP')
  // It may have gone on until it was stopped.
  while (holderOf(file) !== holder.child.pid) {
    holder.child.kill('SIGCONT')
    await pause(1)
    holder.child.kill('SIGSTOP')
  }
  const owner = JSON.parse(readFileSync(`${file}.lock`, 'utf8'))
  holder.child.kill('SIGKILL')
  await holder.ended
  return owner
}

test.runIf(process.platform === 'linux')(
  'what is left of a lock never stops the next run: its number in use again, the machine restarted, half of it written',
  async () => {
    const folder = folderWith({})
    const file = join(folder, 'counts')
    const owner = await lockBy(file)
    // Whoever waits for one of these says so after a minute, and its run is in another file.
    const remnants = [
      owner,
      { ...owner, pid: process.pid },
      { ...owner, pid: 1 },
      { ...owner, boot: 'another', pid: process.pid },
    ].map((remnant) => JSON.stringify(remnant))
    for (const [i, remnant] of [...remnants, '', '{"pid":1', '\0'.repeat(100)].entries()) {
      writeFileSync(`${file}.lock`, remnant)
      const then = Date.now() / 1000 - uptime() - 60
      utimesSync(`${file}.lock`, then, then)
      const next = startAdding(file, `n${i}`, 1)
      await next.ended
      expect({ remnant, complaints: next.complaints, there: readdirSync(folder) }).toEqual({
        remnant,
        complaints: [],
        there: ['counts'],
      })
    }
  },
)
