import { type Collected, Collector } from '@tstrace/core'
import {
  addUnloaded,
  couldNotWrite,
  damagedFolder,
  endedThreads,
  SourceTables,
  unheardProcesses,
  untraced,
  type WorkerFiles,
} from '@tstrace/core/adapter'
import { readSiteTable, readUnheard, readUnstarted } from '@tstrace/node'

export interface CollectOptions {
  /** Absolute path that names are relative to. */
  readonly root: string
  readonly branches: boolean
  readonly calls: boolean
  /** The signal that ended the program, if one did. */
  readonly signal: NodeJS.Signals | null
  /** Absolute paths of sources that are to be there, loaded or not. */
  readonly unloaded: readonly string[]
}

/** Adds up what the processes and threads of a program left in the folder of the run. */
export function collectCounts(files: WorkerFiles, options: CollectOptions): Collected {
  const tables = new SourceTables(options)
  const collector = new Collector({ contexts: true })
  const losses: string[] = []
  let threads = 0
  let left = 0
  for (const { bytes, end, error = '', head, isHeld } of files.take()) {
    left++
    collector.add(bytes, `process ${head.pid}`)
    if (end === 'done') continue
    if (end === 'failed') losses.push(couldNotWrite(`Process ${head.pid}`, files.folder, error))
    else if (head.thread > 0) threads++
    else if (end === 'open')
      losses.push(`Process ${head.pid} goes on: what it runs from now on is not counted.`)
    else {
      const what = isHeld ? 'had given up rights, and could not write any more or was stopped' : 'was stopped'
      losses.push(`Process ${head.pid} ${what}: what it ran last is missing from the counts.`)
    }
  }
  const unheard = readUnheard(files.folder)
  if (options.signal === 'SIGKILL' && left === 0)
    losses.push('The program was killed before it left any counts.')
  else if (unheard.length > 0) losses.push(unheardProcesses(unheard, files.folder))
  if (threads > 0) losses.push(endedThreads(threads, 'the program'))
  losses.push(...untraced(readUnstarted(files.folder)))
  const damage = files.damage()
  if (damage) losses.push(damagedFolder(damage, files.folder))
  const {
    losses: ofSources,
    problems,
    results,
  } = collector.finish((source) => readSiteTable(files.folder, source.id) ?? tables.tableFor(source))
  const unreadable = addUnloaded(results, { root: options.root, paths: options.unloaded, tables })
  return {
    results,
    losses: [...losses, ...ofSources],
    problems: [...losses, ...problems, ...tables.problems, ...unreadable],
  }
}
