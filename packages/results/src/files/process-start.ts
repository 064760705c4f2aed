import { readFileSync } from 'node:fs'

/**
 * When a process began, in a unit of the system's: numbers of processes are used again, and then with another beginning.
 *
 * @returns '' for one that has ended and is only kept for its parent; undefined where the system does not say
 */
export function startOf(pid: number): string | undefined {
  const stat = textOf(`/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  // Behind the name of the program, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return /^[ZXx]/.test(fields[0] ?? '') ? '' : fields[19]
}

/** Which start of the machine this is; '' where the system does not say. */
export function bootOf(): string {
  return textOf('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
