import { isAbsolute } from 'node:path'
import { someOf, unheardProcesses, untraced } from '@tstrace/core/adapter'
import { isBelow, pathFromRoot } from '@tstrace/instrument/source-file'
import { printable } from '@tstrace/results/printable'
import { takeUnheard } from '../started-file.ts'
import { takeUnstarted } from '../unstarted-file.ts'
import { readVerdicts } from '../verdict-file.ts'
import { takeUncounted } from './uncounted-file.ts'

/**
 * What is missing of what tests have started since the last call, as sentences.
 *
 * @param folder of the run
 * @param root absolute path of the project root
 */
export function takeLostChildren(folder: string, root: string): string[] {
  const unheard = takeUnheard(folder).map((script) => nameOf(script, root))
  return [
    ...(unheard.length > 0 ? [unheardProcesses(unheard, folder)] : []),
    ...untraced(takeUnstarted(folder)),
  ]
}

/** Absolute paths of the files that were loaded past the runner, where they are asked for by `debug`. */
export function loadedElsewhere(folder: string): Iterable<string> {
  return readVerdicts(folder).keys()
}

/**
 * That tests have started something since the last call which nobody counts, as a sentence; none where they have not.
 *
 * @param folder of the run
 * @param root absolute path of the project root
 */
export function uncountedChildren(folder: string, root: string): string[] {
  const { processes, threads } = takeUncounted(folder)
  const counted = [
    numbered(processes.length, 'Node.js process', 'es'),
    numbered(threads, 'worker thread', 's'),
  ]
  const what = counted.filter(Boolean).join(' and ')
  if (what === '') return []
  const scripts = [...new Set(processes.flat().map((script) => nameOf(script, root)))].sort()
  const names = scripts.length > 0 ? ` (${printable(someOf(scripts))})` : ''
  const were = processes.length + threads === 1 ? 'was' : 'were'
  return [
    `${what}${names} that tests started ${were} not counted. The option \`children\`, in TSTRACE \`--children\`, counts what runs ` +
      'there, too.',
  ]
}

/** A script as sources are called, if it is in the project and was started by its whole path. */
function nameOf(script: string, root: string): string {
  return isAbsolute(script) && isBelow(root, script) ? pathFromRoot(root, script) : script
}

function numbered(count: number, noun: string, plural: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : plural}`
}
