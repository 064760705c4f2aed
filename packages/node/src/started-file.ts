import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { namesIn } from './names-in.ts'
import { STARTED_VARIABLE } from './orders.ts'
import { writeUnseen } from './write-unseen.ts'

const STARTED = '.started'
const BEGUN = '.begun'

let starts = 0

/** What a process is called until it has a number: it finds that in `STARTED_VARIABLE`. */
export function newStart(): string {
  return `${process.pid}-${threadId}-${Date.now()}-${starts++}`
}

/** Leaves word in the folder of a run that a process was started, which was to run a script in Node. */
export function noteStarted(folder: string, start: string, script: string): void {
  try {
    writeUnseen(join(folder, start + STARTED), script, 'w')
  } catch {
    // Who can leave nothing here leaves no counts either, which is known.
  }
}

/** Leaves word that this process has begun, and can leave something in the folder of the run. */
export function noteBegun(folder: string | undefined): void {
  const { [STARTED_VARIABLE]: start = '' } = process.env
  if (start === '') return
  // What it starts itself is something else.
  delete process.env[STARTED_VARIABLE]
  try {
    if (folder && /^[\d-]+$/.test(start)) writeUnseen(join(folder, start + BEGUN), '', 'w')
  } catch {
    // That is the news.
  }
}

/** The scripts of the processes that were started, and have not begun as far as anybody knows. */
export function readUnheard(folder: string): string[] {
  const names = new Set(namesIn(folder))
  return [...names]
    .filter((name) => name.endsWith(STARTED) && !names.has(name.slice(0, -STARTED.length) + BEGUN))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
}
