import { installState, liveTrace, stateOf } from '@tstrace/core/worker'
import type { TraceOrders } from './worker-orders.ts'

// From the process itself, because tests mock modules, and taken before a test can replace what is in them.
const { closeSync, mkdirSync, openSync, readFileSync, writeSync } = process.getBuiltinModule('node:fs')
const { dirname, join, relative, resolve } = process.getBuiltinModule('node:path')
const { from } = Buffer

/** Characters that are kept before they are written. */
const KEPT = 65_536

/** What a test has of its name. */
export interface NamedTask {
  readonly name: string
  readonly suite?: NamedTask
}

/** Where the lines of one test file go. */
export interface LiveLines {
  /** A test is about to run: its name stands in front of its lines. */
  begin(task: NamedTask): void
  /** Writes what is kept. */
  flush(): void
  close(): void
}

interface Sink {
  write: (text: string) => void
}

const KEY = Symbol.for('tstrace.live')
const realm: { [KEY]?: Sink } & NodeJS.Process = process

/**
 * Shows the lines that run from now on.
 *
 * @param testFile absolute path
 * @param project name of the project, or ''
 */
export function showLines(orders: TraceOrders, testFile: string, project: string): LiveLines {
  const { folder, root } = orders
  const descriptor = folder === undefined ? 1 : openTrace(root, folder, { testFile, project })
  let kept = ''
  const flush = (): void => {
    const bytes = from(kept)
    kept = ''
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
    } catch {
      // A full disk or a closed pipe is no failure of a test.
    }
  }
  const write = (text: string): void => {
    kept += text
    if (descriptor === 1 || kept.length > KEPT) flush()
  }
  // Modules that several test files share show their lines where the running one has its own.
  if (realm[KEY]) realm[KEY].write = write
  else {
    const sink: Sink = { write }
    Object.defineProperty(realm, KEY, { value: sink, configurable: true })
  }
  const state = stateOf(globalThis) ?? installState(globalThis)
  state.live = liveTrace({
    source: (path) => readFileSync(resolve(root, path), 'utf8'),
    write: (text) => realm[KEY]?.write(text),
  })
  return {
    begin: (task) => write(` --- test: ${nameOf(task)}\n`),
    flush,
    close: () => {
      flush()
      if (descriptor !== 1) closeSync(descriptor)
    },
  }
}

/** @param tested the test file, and the name of its project */
function openTrace(root: string, folder: string, tested: { testFile: string; project: string }): number {
  const inside = relative(root, tested.testFile).replace(/^(\.\.[\\/])+/, '')
  const path = join(folder, tested.project.replaceAll(/[^\w.-]/g, '_'), inside.replace(/\.[^.]+$/, '.trace'))
  mkdirSync(dirname(path), { recursive: true })
  return openSync(path, 'w')
}

function nameOf({ name, suite }: NamedTask): string {
  const own = name.replaceAll(/\s+/g, ' ')
  return suite?.name ? `${nameOf(suite)} > ${own}` : own
}
