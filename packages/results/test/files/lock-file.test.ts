import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir, uptime } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Patience, withLock } from '../../src/files/lock-file.ts'
import { startOf } from '../../src/files/process-start.ts'

let folder: string
let file: string
let lock: string
const children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tstrace-lock-'))
  file = join(folder, 'counts')
  lock = `${file}.lock`
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** What a lock that somebody else holds says of this machine. */
function ownerHere(pid = process.pid): Record<'host' | 'token' | 'start' | 'boot', string> & { pid: number } {
  const owner = withLock(join(folder, 'other'), () =>
    JSON.parse(readFileSync(join(folder, 'other.lock'), 'utf8')),
  )
  return { ...owner, pid, start: startOf(pid) ?? '' }
}

async function otherProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  children.push(child)
  await once(child, 'spawn')
  return child.pid as number
}

async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid as number
}

/** Time that passes only where somebody waits: `happens` is what goes on meanwhile, told how often there was a wait before. */
function waiting(
  most: number,
  happens: (waits: number) => void = () => {},
): Required<Patience> & { waits: number } {
  let time = 0
  const patience = {
    most,
    waits: 0,
    now: () => time,
    sleep: () => {
      time += 100
      happens(patience.waits++)
    },
  }
  return patience
}

function older(path: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds
  utimesSync(path, then, then)
}

describe('withLock', () => {
  it('holds the lock while the action runs, and leaves nothing', () => {
    const seen = withLock(file, () => {
      expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid })
      return readdirSync(folder)
    })
    expect(seen).toEqual(['counts.lock'])
    expect(readdirSync(folder)).toEqual([])
  })

  it('gives the lock back when the action throws', () => {
    expect(() =>
      withLock(file, () => {
        throw new Error('own')
      }),
    ).toThrow('own')
    expect(readdirSync(folder)).toEqual([])
  })

  it('does not remove a lock that somebody else has taken over meanwhile', () => {
    const other = JSON.stringify({ ...ownerHere(), token: 'theirs' })
    withLock(file, () => writeFileSync(lock, other))
    expect(readFileSync(lock, 'utf8')).toBe(other)
  })

  it('waits for a process that runs, and names it when it takes too long', async () => {
    const pid = await otherProcess()
    writeFileSync(lock, JSON.stringify(ownerHere(pid)))
    const patience = waiting(1000)
    expect(() => withLock(file, () => 'never', patience)).toThrow(
      expect.objectContaining({
        code: 'TST_LOCKED',
        message: expect.stringMatching(
          new RegExp(`in use by process ${pid} on .* for 1 s\\. .*remove .*counts\\.lock\\.$`),
        ),
      }),
    )
    expect(patience.waits).toBe(11)
    expect(existsSync(lock)).toBe(true)
  })

  it('waits as time passes by the clock of the machine, for a process that gives the lock back', async () => {
    const program = `
      const { unlinkSync, writeFileSync } = require('node:fs')
      writeFileSync(process.argv[1], process.argv[2].replace('-1', process.pid))
      console.log('locked')
      setTimeout(() => unlinkSync(process.argv[1]), 300)`
    const child = spawn(process.execPath, ['-e', program, lock, JSON.stringify(ownerHere(-1))])
    children.push(child)
    await once(child.stdout, 'data')
    expect(withLock(file, () => readdirSync(folder))).toEqual(['counts.lock'])
    expect(readdirSync(folder)).toEqual([])
  })

  it('waits longer where one after the other has its turn', async () => {
    const owner = ownerHere(await otherProcess())
    const taken = (turn: number): void => writeFileSync(lock, JSON.stringify({ ...owner, token: `${turn}` }))
    taken(0)
    const patience = waiting(1000, (waits) => {
      if (waits === 99) unlinkSync(lock)
      else if (waits % 8 === 0) taken(waits)
    })
    expect(withLock(file, () => 'done', patience)).toBe('done')
    expect(patience.waits).toBe(100)
  })

  it('takes over at once from a process that was killed while it held the lock', async () => {
    writeFileSync(lock, JSON.stringify(ownerHere(await endedProcess())))
    expect(withLock(file, () => 'done', { most: 0 })).toBe('done')
    expect(readdirSync(folder)).toEqual([])
  })

  it('takes over where processes were killed while they took over, however many', async () => {
    const dead = JSON.stringify(ownerHere(await endedProcess()))
    for (const name of [lock, `${lock}.turn`, `${lock}.turn.turn`]) writeFileSync(name, dead)
    expect(withLock(file, () => 'done', { most: 0 })).toBe('done')
    expect(readdirSync(folder)).toEqual([])
  })

  it('leaves the taking over to a process that is at it', async () => {
    writeFileSync(lock, JSON.stringify(ownerHere(await endedProcess())))
    writeFileSync(`${lock}.turn`, JSON.stringify({ ...ownerHere(await otherProcess()), token: 'at it' }))
    const patience = waiting(1000, (waits) => {
      if (waits === 2) unlinkSync(`${lock}.turn`)
    })
    expect(withLock(file, () => 'done', patience)).toBe('done')
    expect(patience.waits).toBe(3)
    expect(readdirSync(folder)).toEqual([])
  })

  it('waits for a lock of another machine until it is old', () => {
    writeFileSync(lock, JSON.stringify({ pid: process.pid, host: 'elsewhere', token: 'theirs' }))
    older(lock, 590)
    expect(() => withLock(file, () => 'never', waiting(50))).toThrow(/on elsewhere/)
    older(lock, 610)
    expect(withLock(file, () => 'done', waiting(50))).toBe('done')
  })

  it.runIf(process.platform === 'linux')(
    'takes over at once where the number of the process is in use again, also by the one that asks',
    async () => {
      for (const pid of [await otherProcess(), process.pid]) {
        writeFileSync(lock, JSON.stringify({ ...ownerHere(pid), start: '1' }))
        expect(withLock(file, () => 'done', { most: 0 })).toBe('done')
      }
    },
  )

  it('takes over where this process has the number but is younger, whatever the system says', () => {
    writeFileSync(lock, JSON.stringify({ ...ownerHere(), start: '' }))
    expect(() => withLock(file, () => 'never', waiting(50))).toThrow(/in use by process/)
    older(lock, process.uptime() + 5)
    expect(withLock(file, () => 'done', { most: 0 })).toBe('done')
  })

  it('waits for another thread of this process', () => {
    writeFileSync(lock, JSON.stringify(ownerHere()))
    older(lock, 0)
    expect(() => withLock(file, () => 'never', waiting(50))).toThrow(/in use by process/)
  })

  it('takes over what was locked before the machine was started again, and nothing of another machine of its name', () => {
    writeFileSync(lock, JSON.stringify({ ...ownerHere(), boot: 'another' }))
    expect(() => withLock(file, () => 'never', waiting(50))).toThrow(/in use by process/)
    older(lock, uptime() + 5)
    expect(withLock(file, () => 'done', { most: 0 })).toBe('done')
  })

  it.each([
    ['', 'nothing'],
    ['{"pid":12,"host":"a', 'a part'],
    ['{', 'its first character'],
    ['\0'.repeat(120), 'what a file system leaves where the power fails'],
  ])('waits for a lock that is not written yet, and takes it over when nobody does: %j', (text) => {
    writeFileSync(lock, text)
    expect(() => withLock(file, () => 'never', waiting(50))).toThrow(/in use by another process/)
    older(lock, 6)
    expect(withLock(file, () => 'done', waiting(50))).toBe('done')
  })

  it.each([
    ['a file of somebody else', () => writeFileSync(lock, '# yarn lockfile v1\n')],
    ['JSON of somebody else', () => writeFileSync(lock, '{"lockfileVersion":3}')],
    ['a process number that is none', () => writeFileSync(lock, '{"pid":"1","host":"a","token":"b"}')],
    ['more than a lock holds', () => writeFileSync(lock, 'x'.repeat(3000))],
    ['a folder', () => mkdirSync(lock)],
    ['a link', () => symlinkSync('/dev/zero', lock)],
  ])('does not touch what is no lock: %s', (_, make) => {
    make()
    const then = Date.now() / 1000 - 10
    lutimesSync(lock, then, then)
    expect(() => withLock(file, () => 'never')).toThrow(
      expect.objectContaining({ code: 'TST_LOCKED', message: expect.stringContaining('is in the way') }),
    )
    expect(readdirSync(folder)).toEqual(['counts.lock'])
  })

  it.each([
    ['an empty one', ''],
    ['one of another machine', JSON.stringify({ pid: 1, host: 'another', token: 'a' })],
    ['one of a process that is no more', JSON.stringify({ pid: 2 ** 30, host: 'x', token: 'a', boot: 'y' })],
  ])('waits for no lock that is dated in the future: %s', (_, text) => {
    writeFileSync(lock, text)
    older(lock, -86_400)
    const patience = waiting(60_000)
    expect(withLock(file, () => 'done', patience)).toBe('done')
    expect(patience.waits).toBe(0)
    expect(readdirSync(folder)).toEqual([])
  })

  it('says so where no lock can be made', () => {
    expect(() => withLock(join(folder, 'missing', 'counts'), () => 'never')).toThrow(
      expect.objectContaining({
        code: 'TST_CANNOT_WRITE',
        message: expect.stringContaining('missing/counts.lock: its folder is not there'),
      }),
    )
  })
})
