import * as fs from 'node:fs'
import { basename, join } from 'node:path'
import { getEnvironmentData, isMainThread, setEnvironmentData, threadId } from 'node:worker_threads'
import { namesIn } from './names-in.ts'
import { STARTED_VARIABLE } from './orders.ts'
import { writeUnseen } from './write-unseen.ts'

const STARTED = '.started'
const LOST = '.lost'
const BEGUN = '.begun'
const REFUSED = '.refused'

/** Name of what threads share. */
const HELD = 'tstrace.held'

/** What is run as code has no file. */
const CODE = /^-/

/** Taken before the program can replace them. */
const { closeSync, fstatSync, openSync, readFileSync, unlinkSync, writeSync } = fs
const { stringify } = JSON

let starts = 0
/** Path of the file that `holdNotes` keeps open. */
let heldPath = ''

/** Its descriptor and what tells it from another file of that number, for all threads of the process: -1 where there is none. */
const held = isMainThread ? shared() : ((getEnvironmentData(HELD) as Float64Array | undefined) ?? shared())

/** Threads get what is shared when they are made, and hand it on. */
function shared(): Float64Array {
  const place = new Float64Array(new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT)).fill(-1)
  setEnvironmentData(HELD, place as never)
  return place
}

/** What a process is called until it has a number: it finds that in `STARTED_VARIABLE`. */
export function newStart(): string {
  return `${process.pid}-${threadId}-${Date.now()}-${starts++}`
}

/** Leaves word in the folder of a run that a process was started, which was to run a script in Node. */
export function noteStarted(folder: string, start: string, script: string): void {
  try {
    writeUnseen(join(folder, start + STARTED), script, 'w')
  } catch {
    // What it starts can leave nothing either.
    noteRefused(script)
  }
}

/** Leaves word that a shell was started that has Node run scripts of which nothing can come, unless it does. */
export function noteLost(folder: string, start: string, scripts: readonly string[]): void {
  try {
    writeUnseen(join(folder, start + LOST), stringify(scripts), 'w')
  } catch {
    for (let at = 0; at < scripts.length; at++) noteRefused(scripts[at])
  }
}

/** Leaves word that something was started, where this process has given up the right to make a file there. */
export function noteRefused(script: unknown): void {
  try {
    if (isHeld()) writeSync(held[0] as number, `${stringify(String(script))}\n`)
  } catch {
    // Who can leave nothing here leaves no counts either, which is known.
  }
}

/** Keeps a file open for notes of what is started: this process is about to have fewer rights. */
export function holdNotes(folder: string): void {
  if (held[0] !== -1) return
  try {
    heldPath = join(folder, newStart() + REFUSED)
    held[0] = openSync(heldPath, 'a')
    held[1] = fstatSync(held[0]).ino
  } catch {}
}

/** Undoes `holdNotes`, where this process has the right to. */
export function releaseNotes(): void {
  try {
    // With something in it, it stays where it is.
    if (!isHeld() || fstatSync(held[0] as number).size > 0) return
    unlinkSync(heldPath)
    closeSync(held[0] as number)
    held[0] = -1
  } catch {}
}

function isHeld(): boolean {
  return held[0] !== -1 && fstatSync(held[0] as number).ino === held[1]
}

/** Leaves word that this process has begun, and can leave something in the folder of the run. */
export function noteBegun(folder: string | undefined): void {
  const { [STARTED_VARIABLE]: start = '' } = process.env
  if (start === '') return
  // What it starts itself is something else.
  delete process.env[STARTED_VARIABLE]
  try {
    // A shell may start several.
    const [, script = ''] = process.argv
    if (folder && /^[\d-]+$/.test(start))
      writeUnseen(join(folder, start + BEGUN), `${basename(script)}\n`, 'a')
  } catch {
    // That is the news.
  }
}

/** As `readUnheard`, and forgets it. */
export function takeUnheard(folder: string): string[] {
  const unheard = readUnheard(folder)
  for (const name of namesIn(folder))
    if ([STARTED, LOST, BEGUN, REFUSED].some((ending) => name.endsWith(ending)))
      unlinkSync(join(folder, name))
  return unheard
}

/** The scripts of the processes that were started, and have not begun as far as anybody knows. */
export function readUnheard(folder: string): string[] {
  const names = namesIn(folder)
  const linesOf = (name: string): string[] => readFileSync(join(folder, name), 'utf8').split('\n')
  const begun = (start: string): string[] => (names.includes(start + BEGUN) ? linesOf(start + BEGUN) : [])
  return names.flatMap((name): string[] => {
    const start = name.slice(0, name.lastIndexOf('.'))
    if (name.endsWith(STARTED)) return begun(start).length > 0 ? [] : [linesOf(name).join('\n')]
    if (name.endsWith(REFUSED))
      return linesOf(name)
        .filter(Boolean)
        .map((line): string => JSON.parse(line))
    if (!name.endsWith(LOST)) return []
    const heard = begun(start)
    const scripts = JSON.parse(linesOf(name).join('\n')) as readonly string[]
    return scripts.filter((script) => !heard.includes(CODE.test(script) ? '' : basename(script)))
  })
}
