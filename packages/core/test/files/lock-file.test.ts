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
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withLock } from '../../src/files/lock-file.ts'

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
function ownerHere(): { pid: number; host: string; token: string } {
  return withLock(join(folder, 'other'), () => JSON.parse(readFileSync(join(folder, 'other.lock'), 'utf8')))
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
    writeFileSync(lock, JSON.stringify({ ...ownerHere(), pid }))
    const start = performance.now()
    expect(() => withLock(file, () => 'never', 200)).toThrow(
      expect.objectContaining({
        code: 'TST_LOCKED',
        message: expect.stringMatching(
          new RegExp(`in use by process ${pid} on .*remove .*counts\\.lock\\.$`),
        ),
      }),
    )
    expect(performance.now() - start).toBeGreaterThan(190)
    expect(existsSync(lock)).toBe(true)
  })

  it('waits longer where one after the other has its turn', async () => {
    const owner = { ...ownerHere(), pid: await otherProcess() }
    writeFileSync(lock, JSON.stringify(owner))
    const program = `let turn = 0
      setInterval(() => {
        if (++turn === 10) require('node:fs').unlinkSync(process.argv[1])
        else require('node:fs').writeFileSync(process.argv[1], process.argv[2].replace('TOKEN', turn))
        if (turn === 10) process.exit()
      }, 150)
      console.log('ready')`
    const child = spawn(process.execPath, ['-e', program, lock, JSON.stringify({ ...owner, token: 'TOKEN' })])
    children.push(child)
    await once(child.stdout, 'data')
    const start = performance.now()
    expect(withLock(file, () => 'done', 1000)).toBe('done')
    expect(performance.now() - start).toBeGreaterThan(1000)
  })

  it('takes over at once from a process that was killed while it held the lock', async () => {
    writeFileSync(lock, JSON.stringify({ ...ownerHere(), pid: await endedProcess() }))
    expect(withLock(file, () => 'done', 0)).toBe('done')
    expect(readdirSync(folder)).toEqual([])
  })

  it('takes over where processes were killed while they took over, however many', async () => {
    const dead = JSON.stringify({ ...ownerHere(), pid: await endedProcess() })
    for (const name of [lock, `${lock}.turn`, `${lock}.turn.turn`]) writeFileSync(name, dead)
    expect(withLock(file, () => 'done', 0)).toBe('done')
    expect(readdirSync(folder)).toEqual([])
  })

  it('leaves the taking over to a process that is at it', async () => {
    const owner = ownerHere()
    writeFileSync(lock, JSON.stringify({ ...owner, pid: await endedProcess() }))
    writeFileSync(`${lock}.turn`, JSON.stringify({ ...owner, pid: await otherProcess(), token: 'at it' }))
    setTimeoutOfAnotherProcess(`${lock}.turn`)
    expect(withLock(file, () => 'done', 5000)).toBe('done')
    expect(readdirSync(folder)).toEqual([])
  })

  it('waits for a lock of another machine until it is old', () => {
    writeFileSync(lock, JSON.stringify({ pid: process.pid, host: 'elsewhere', token: 'theirs' }))
    older(lock, 590)
    expect(() => withLock(file, () => 'never', 50)).toThrow(/on elsewhere/)
    older(lock, 610)
    expect(withLock(file, () => 'done', 50)).toBe('done')
  })

  it('waits for a lock that is not written yet, and takes it over when nobody does', () => {
    writeFileSync(lock, '')
    expect(() => withLock(file, () => 'never', 50)).toThrow(/in use by another process/)
    older(lock, 6)
    expect(withLock(file, () => 'done', 50)).toBe('done')
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
    expect(() => withLock(file, () => 'never', 60_000)).toThrow(
      expect.objectContaining({ code: 'TST_LOCKED', message: expect.stringContaining('is in the way') }),
    )
    expect(readdirSync(folder)).toEqual(['counts.lock'])
  })

  it('says so where no lock can be made', () => {
    expect(() => withLock(join(folder, 'missing', 'counts'), () => 'never')).toThrow(
      expect.objectContaining({
        code: 'TST_CANNOT_WRITE',
        message: expect.stringContaining('missing/counts.lock: ENOENT'),
      }),
    )
  })
})

/** This process is busy waiting meanwhile. */
function setTimeoutOfAnotherProcess(path: string): void {
  const program = `setTimeout(() => require('node:fs').unlinkSync(process.argv[1]), 300)`
  children.push(spawn(process.execPath, ['-e', program, path]))
}
