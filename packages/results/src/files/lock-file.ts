import { randomUUID } from 'node:crypto'
import {
  closeSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname, uptime } from 'node:os'
import { TstraceError } from '../errors.ts'
import { cannotWrite } from './file-errors.ts'
import { isAlive } from './is-alive.ts'
import { bootOf, startOf } from './process-start.ts'

/** Who holds a lock. */
interface Owner {
  readonly pid: number
  readonly host: string
  readonly token: string
  /** When the process began, and since when the machine runs; '' where the system does not say. */
  readonly start: string
  readonly boot: string
}

/** What was found at the place of a lock. */
interface Found {
  /** Undefined where nothing says whose it is. */
  readonly owner: Owner | undefined
  /** In milliseconds. */
  readonly age: number
  /** False for what tstrace has not made, which is never removed. */
  readonly isLock: boolean
}

/** How long one waits for each of the others, and by which clock; all in milliseconds. */
export interface Patience {
  /** Default: a minute. */
  readonly most?: number
  /** Default: the time that really passes. */
  readonly now?: () => number
  /** Default: one that blocks the thread. */
  readonly sleep?: (time: number) => void
}

/** A lock of another machine, or one without an owner in it, that is older than this is a remnant. */
const REMNANT = 600_000
const UNFINISHED = 5_000
/** No lock is larger, in bytes. */
const LARGEST = 2_000

/** What is left of a lock where the disk was full, or the machine lost its power. */
const UNWRITTEN = /^(\0*|\{("(p(id?)?)?|"pid":[^{}]*)?)$/

/** Process numbers mean something among processes that see each other only: containers may share a folder. */
const HOST = hostname() + pidNamespace()
const BOOT = bootOf()

/** Milliseconds by which the clocks of a machine and of a disk may differ. */
const SKEW = 1_000

const sleeper = new Int32Array(new SharedArrayBuffer(4))

const PATIENCE: Required<Patience> = {
  most: 60_000,
  now: () => performance.now(),
  sleep: (time) => {
    Atomics.wait(sleeper, 0, 0, time)
  },
}

/**
 * Does something that only one process at a time may do with a file. A lock is a file `FILE.lock` that says who holds
 * it; that of a process which is no more is taken over.
 *
 * @param patience how long to wait for one process to finish
 * @throws TstraceError `TST_LOCKED` when one holds it all that time, or something else has its name; `TST_CANNOT_WRITE`
 * where no lock can be made
 */
export function withLock<Value>(file: string, action: () => Value, patience: Patience = {}): Value {
  const lock = `${file}.lock`
  const { token } = acquire(lock, file, { ...PATIENCE, ...patience })
  try {
    return action()
  } finally {
    if (find(lock)?.owner?.token === token) remove(lock)
  }
}

function acquire(lock: string, file: string, { most, now, sleep }: Required<Patience>): Owner {
  const owner = newOwner()
  let holder: string | undefined
  let end = now() + most
  while (!create(lock, owner)) {
    const found = find(lock)
    if (isInTheWay(found)) throw inTheWay(lock, file)
    if (found?.owner && found.owner.token !== holder) {
      // However many are in front: nobody is stuck while one after the other has its turn.
      holder = found.owner.token
      end = now() + most
    }
    if (isRemnant(found)) removeRemnant(lock, sleep)
    else if (now() > end) throw locked({ lock, file, most, owner: found?.owner })
    else sleep(5 + Math.random() * 20)
  }
  return owner
}

function newOwner(): Owner {
  return { pid: process.pid, host: HOST, token: randomUUID(), start: startOf(process.pid) ?? '', boot: BOOT }
}

/** @returns whether the file is there now, and ours */
function create(lock: string, owner: Owner): boolean {
  let descriptor: number
  try {
    descriptor = openSync(lock, 'wx')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || isBusy(error)) return false
    throw cannotWrite(lock, error)
  }
  try {
    writeFileSync(descriptor, JSON.stringify(owner))
  } catch (error) {
    // One without an owner would stop everybody else.
    remove(lock)
    throw cannotWrite(lock, error)
  } finally {
    closeSync(descriptor)
  }
  // Who was stopped between making and writing it, for a while, has lost it to somebody else.
  return find(lock)?.owner?.token === owner.token
}

/**
 * Several may find the same remnant at once, and the second must not remove the lock that the first has made
 * meanwhile: so they take turns, by a lock of the same kind, held for no longer than two calls. Who dies in between
 * leaves a remnant of that kind, which is removed in the same way.
 */
function removeRemnant(lock: string, sleep: (time: number) => void): void {
  const turn = `${lock}.turn`
  if (create(turn, newOwner())) {
    try {
      if (isRemnant(find(lock))) remove(lock)
    } finally {
      remove(turn)
    }
    return
  }
  const found = find(turn)
  if (isInTheWay(found)) throw inTheWay(turn, lock)
  if (isRemnant(found)) removeRemnant(turn, sleep)
  else sleep(5)
}

function isInTheWay(found: Found | undefined): boolean {
  return found !== undefined && !found.isLock && found.age > UNFINISHED
}

function isRemnant(found: Found | undefined): boolean {
  if (!found?.isLock) return false
  const { age, owner } = found
  // Made, but not yet written.
  if (!owner) return age > UNFINISHED
  if (owner.host !== HOST) return age > REMNANT
  const isSameBoot = owner.boot === BOOT
  // Of this machine before it was started again.
  if ((!isSameBoot || BOOT === '') && age > uptime() * 1000 + SKEW) return true
  return isSameBoot ? isGone(owner, age) : age > REMNANT
}

/** Whether the process that made a lock is no more, also where its number is in use again. */
function isGone({ pid, start }: Owner, age: number): boolean {
  if (!isAlive(pid)) return true
  const now = startOf(pid)
  if (start !== '' && now !== undefined) return now !== start
  return pid === process.pid && age > process.uptime() * 1000 + SKEW
}

/** Undefined where there is nothing. */
function find(lock: string): Found | undefined {
  try {
    const stat = lstatSync(lock)
    // A date that lies ahead is one of another clock, and as far away as one that lies behind.
    const age = Math.abs(Date.now() - stat.mtimeMs)
    if (!stat.isFile() || stat.size > LARGEST) return { age, owner: undefined, isLock: false }
    const text = readFileSync(lock, 'utf8')
    const owner = ownerIn(text)
    return { age, owner, isLock: owner !== undefined || UNWRITTEN.test(text) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    // Of somebody else, whose files are nobody's to read.
    return { age: 0, owner: undefined, isLock: true }
  }
}

function ownerIn(text: string): Owner | undefined {
  try {
    const { boot = '', host, pid, start = '', token }: Partial<Owner> = JSON.parse(text)
    const isOwner = Number.isInteger(pid) && typeof host === 'string' && typeof token === 'string'
    return isOwner ? { boot, host, pid: pid as number, start, token } : undefined
  } catch {
    return undefined
  }
}

function remove(lock: string, tries = 100): void {
  try {
    unlinkSync(lock)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return
    if (isBusy(error) && tries > 0) {
      PATIENCE.sleep(5)
      return remove(lock, tries - 1)
    }
    throw cannotWrite(lock, error)
  }
}

/** Windows says so of a file that is just being read or removed. */
function isBusy(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return process.platform === 'win32' && (code === 'EPERM' || code === 'EBUSY')
}

function pidNamespace(): string {
  try {
    return ` ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return ''
  }
}

interface Waited {
  readonly lock: string
  readonly file: string
  readonly most: number
  readonly owner: Owner | undefined
}

function locked({ file, lock, most, owner }: Waited): TstraceError {
  const who = owner ? `process ${owner.pid} on ${owner.host}` : 'another process'
  const message = `${file} has been in use by ${who} for ${Math.round(most / 1000)} s.`
  return new TstraceError('TST_LOCKED', `${message} If that process does not write there, remove ${lock}.`)
}

function inTheWay(lock: string, file: string): TstraceError {
  const message = `${lock} is in the way: it is not a lock of tstrace, and was left alone.`
  return new TstraceError('TST_LOCKED', `${message} Remove it, or choose another name than ${file}.`)
}
