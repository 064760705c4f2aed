import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Report, ReportCase } from './report-case.ts'

const script = join(import.meta.dirname, 'oracle.py')

/**
 * The command of a Python whose trace module writes the format we keep to (3.8 to 3.12), if there is one:
 * the one named by `TSTRACE_PYTHON`, else the first of the usual names.
 */
export function findPython(): string | undefined {
  const usual = ['python3', 'python3.12', 'python3.11', 'python3.10', 'python3.9', 'python3.8']
  return (process.env.TSTRACE_PYTHON ? [process.env.TSTRACE_PYTHON] : usual).find((command) => {
    const code = 'import sys, trace; sys.exit(not (3, 8) <= sys.version_info[:2] <= (3, 12))'
    return spawnSync(command, ['-c', code]).status === 0
  })
}

/** What Python reports for the cases. */
export function askPython(python: string, cases: readonly ReportCase[]): Report[] {
  const options = { input: JSON.stringify(cases), encoding: 'utf8', maxBuffer: 2 ** 28 } as const
  const { status, stdout, stderr, error } = spawnSync(python, [script], options)
  if (status !== 0) throw new Error(`${python} ${script} failed: ${stderr}`, { cause: error })
  return JSON.parse(stdout) as Report[]
}
