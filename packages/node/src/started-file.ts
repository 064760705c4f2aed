import * as fs from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { namesIn } from './names-in.ts'
import { STARTED_VARIABLE } from './orders.ts'
import { writeUnseen } from './write-unseen.ts'

const STARTED = '.started'
const BEGUN = '.begun'
const REFUSED = '.refused'

/** Taken before the program can replace them. */
const { closeSync, fstatSync, openSync, readFileSync, unlinkSync, writeSync } = fs

let starts = 0
/** The file that `holdNotes` keeps open. */
let held: { readonly file: number; readonly inode: number; readonly path: string } | undefined

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

/** Leaves word that something was started, where this process has given up the right to make a file there. */
export function noteRefused(script: unknown): void {
  try {
    if (held && fstatSync(held.file).ino === held.inode)
      writeSync(held.file, `${JSON.stringify(String(script))}\n`)
  } catch {
    // Who can leave nothing here leaves no counts either, which is known.
  }
}

/** Keeps a file open for notes of what is started: this process is about to have fewer rights. */
export function holdNotes(folder: string): void {
  try {
    const path = join(folder, newStart() + REFUSED)
    const file = held ? held.file : openSync(path, 'a')
    held ??= { file, inode: fstatSync(file).ino, path }
  } catch {}
}

/** Undoes `holdNotes`, where this process has the right to. */
export function releaseNotes(): void {
  if (!held) return
  const { file, inode, path } = held
  try {
    // With something in it, it stays where it is.
    const { ino, size } = fstatSync(file)
    if (ino !== inode || size > 0) return
    unlinkSync(path)
    closeSync(file)
    held = undefined
  } catch {}
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
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8')
  return [
    ...[...names]
      .filter((name) => name.endsWith(STARTED) && !names.has(name.slice(0, -STARTED.length) + BEGUN))
      .map(text),
    ...[...names]
      .filter((name) => name.endsWith(REFUSED))
      .flatMap((name) =>
        text(name)
          .split('\n')
          .filter(Boolean)
          .map((line): string => JSON.parse(line)),
      ),
  ]
}
