import { randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { TstraceError } from '../errors.ts'
import { cannotWrite } from './cannot-write.ts'

/** Who holds a lock. */
interface Owner {
  readonly pid: number
  readonly host: string
  readonly token: string
}

/** How long to wait for the others, in milliseconds. */
const PATIENCE = 60_000
/** A lock of another machine, or one without an owner in it, that is older than this is a remnant. */
const REMNANT = 600_000
const UNFINISHED = 5_000

/** Process numbers mean something among processes that see each other only: containers may share a folder. */
const HOST = hostname() + pidNamespace()

const sleeper = new Int32Array(new SharedArrayBuffer(4))

/**
 * Does something that only one process at a time may do with a file. A lock is a file `FILE.lock` that says who holds
 * it; that of a process which is no more is taken over.
 *
 * @param most how long to wait, in milliseconds
 * @throws TstraceError `TST_LOCKED` when others hold it all that time; `TST_CANNOT_WRITE` where no lock can be made
 */
export function withLock<Value>(file: string, action: () => Value, most: number = PATIENCE): Value {
  const lock = `${file}.lock`
  const token = acquire(lock, file, most)
  try {
    return action()
  } finally {
    if (ownerOf(lock)?.token === token) rmSync(lock, { force: true })
  }
}

function acquire(lock: string, file: string, most: number): string {
  const owner: Owner = { pid: process.pid, host: HOST, token: randomUUID() }
  const end = performance.now() + most
  while (!create(lock, owner)) {
    if (isRemnant(lock)) removeRemnant(lock)
    else if (performance.now() > end) throw locked(lock, file, most)
    else Atomics.wait(sleeper, 0, 0, 5 + Math.random() * 20)
  }
  return owner.token
}

/** @returns whether the file is there now, and ours */
function create(lock: string, owner: Owner): boolean {
  try {
    writeFileSync(lock, JSON.stringify(owner), { flag: 'wx' })
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    // Windows says so of a file that is just being removed.
    if (process.platform === 'win32' && (code === 'EPERM' || code === 'EBUSY')) return false
    throw cannotWrite(lock, error)
  }
}

/**
 * Several may find the same remnant at once, and the second must not remove the lock that the first has made
 * meanwhile: so they take turns, by a lock of the same kind, held for no longer than two calls.
 */
function removeRemnant(lock: string): void {
  const turn = `${lock}.turn`
  const owner: Owner = { pid: process.pid, host: HOST, token: randomUUID() }
  if (!create(turn, owner)) {
    if (isRemnant(turn)) rmSync(turn, { force: true })
    Atomics.wait(sleeper, 0, 0, 5)
    return
  }
  try {
    if (isRemnant(lock)) rmSync(lock, { force: true })
  } finally {
    rmSync(turn, { force: true })
  }
}

function isRemnant(lock: string): boolean {
  const age = ageOf(lock)
  if (age === undefined) return false
  const owner = ownerOf(lock)
  // Made, but not yet written.
  if (!owner) return age > UNFINISHED
  return owner.host === HOST ? !isAlive(owner.pid) : age > REMNANT
}

function ownerOf(lock: string): Owner | undefined {
  try {
    const owner: Owner = JSON.parse(readFileSync(lock, 'utf8'))
    return typeof owner?.pid === 'number' ? owner : undefined
  } catch {
    return undefined
  }
}

function ageOf(lock: string): number | undefined {
  const stat = statSync(lock, { throwIfNoEntry: false })
  return stat && Date.now() - stat.mtimeMs
}

function pidNamespace(): string {
  try {
    return ` ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function locked(lock: string, file: string, most: number): TstraceError {
  const owner = ownerOf(lock)
  const who = owner ? `process ${owner.pid} on ${owner.host}` : 'another process'
  const message = `${file} has been in use by ${who} for ${Math.round(most / 1000)} s.`
  return new TstraceError('TST_LOCKED', `${message} If that process does not write there, remove ${lock}.`)
}
