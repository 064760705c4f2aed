import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { minimum } from './series.ts'

const TSTRACE = fileURLToPath(import.meta.resolve('tstrace').replace(/dist\/index\.js$/, 'bin/tstrace.js'))

/**
 * Prints processor time in milliseconds and the most memory in MB. The system begins `maxRSS` with what the parent of a process
 * holds, so it is asked for its own where it tells.
 */
const HOOK = `data:text/javascript,process.on('exit', () => {
  const { maxRSS, systemCPUTime, userCPUTime } = process.resourceUsage();
  const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
  const status = '/proc/self/status';
  const own = existsSync(status) ? Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync(status, 'utf8'))[1]) : maxRSS;
  process.stderr.write(\`\\n\${(systemCPUTime + userCPUTime) / 1000} \${own / 1024}\`)
})`

/** From the start of Node to its end, the least of some rounds: milliseconds, those of the processor, and MB, to print. */
export function measuredCommand(
  words: readonly string[],
  { cwd, rounds }: { readonly cwd: string; readonly rounds: number },
): string[] {
  const all = Array.from({ length: rounds }, () => once(words, cwd))
  return ([0, 1, 2] as const).map((at) => minimum(all.map((one) => one[at])).toFixed(0))
}

function once(
  words: readonly string[],
  cwd: string,
): readonly [wall: number, processor: number, memory: number] {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--import', HOOK, TSTRACE, ...words], {
    cwd,
    encoding: 'utf8',
  })
  const wall = performance.now() - start
  if (status !== 0) throw new Error(`tstrace ${words.join(' ')} ended with ${status}:\n${stderr}`)
  const [processor = 0, memory = 0] = (stderr.split('\n').at(-1) ?? '').split(' ').map(Number)
  return [wall, processor, memory]
}
