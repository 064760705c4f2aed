import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished, vi } from 'vitest'

// Tools are started as processes, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 })

/** The root of the repository. */
export const root: string = resolve(import.meta.dirname, '../..')

export interface Outcome {
  readonly status: number
  /** What came on stdout and stderr, one after the other. */
  readonly output: string
}

/** Writes a tree of files (path → text) into a new folder, removed when the running test ends; returns its path. */
export function temporaryTree(files: Record<string, string>): string {
  const path = mkdtempSync(join(tmpdir(), 'tstrace-house-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text)
  }
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Runs a command without colours; never throws for a status other than 0. `env` is added to our own. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string> },
): Promise<Outcome> {
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1', ...options.env }
  delete env.FORCE_COLOR
  try {
    const done = await promisify(execFile)(command, args, { cwd: options.cwd, env })
    return { status: 0, output: done.stdout + done.stderr }
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string }
    if (typeof failed.code !== 'number') throw error
    return { status: failed.code, output: failed.stdout + failed.stderr }
  }
}
