import { createHash } from 'node:crypto'
import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isAlive } from './is-alive.ts'
import { bootOf, startOf } from './process-start.ts'

/*
 * Names of what a process makes for itself say whose it is, so that whoever finds it later knows whether that process is still
 * there: numbers of processes are used again, and mean something among processes that see each other only.
 */

/** Where process numbers mean the same as here; undefined where that cannot be known. */
const HERE = placeOf()

/** The owner in a name, for regular expressions; in groups, as `hasEnded` takes it. */
export const OWNER = '(\\d+)-(\\w+)-(\\w+)'

/** That of this process, as a part of a name. */
export function ownerName(): string {
  own ??= `${process.pid}-${startedAt(process.pid)}-${HERE ?? 'elsewhere'}`
  return own
}

let own: string | undefined

/** Whether an owner is no more; undefined where that cannot be known here. */
export function hasEnded(pid: string, start: string, place: string): boolean | undefined {
  if (place !== HERE) return undefined
  return !isAlive(Number(pid)) || startedAt(Number(pid)) !== start
}

function placeOf(): string | undefined {
  if (process.platform !== 'linux') return short(hostname() + bootOf())
  try {
    return short(`${hostname()} ${bootOf()} ${readlinkSync('/proc/self/ns/pid')}`)
  } catch {
    return undefined
  }
}

function startedAt(pid: number): string {
  return short(startOf(pid) ?? '')
}

function short(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
