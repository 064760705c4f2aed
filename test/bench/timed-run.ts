import { spawnSync } from 'node:child_process'

export interface TimedRun {
  /** Milliseconds by the clock. */
  readonly wall: number
  /** Milliseconds of processor time, of all processes together. */
  readonly processor: number
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs Node.js with these words in a folder, and waits for its end. */
export function timedRun(folder: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): TimedRun {
  // `times` prints the user and system time of the shell, then of its children.
  const shell = ['-c', '"$@"; s=$?; times >&3; exit $s', 'bash', process.execPath, ...words]
  const start = performance.now()
  const { output, status } = spawnSync('bash', shell, {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const wall = performance.now() - start
  const [stdout, stderr, times] = output.slice(1).map((text) => text ?? '') as [string, string, string]
  const children = times.trim().split('\n').at(-1) ?? ''
  const parts = Array.from(
    children.matchAll(/(\d+)m([\d.]+)s/g),
    ([, m, s]) => Number(m) * 60_000 + Number(s) * 1000,
  )
  return { wall, processor: parts.reduce((all, one) => all + one, 0), status, stdout, stderr }
}
