import { spawnSync } from 'node:child_process'

/** Runs npm, and gives what it printed. */
export function npm(folder: string, args: readonly string[]): string {
  // On Windows npm is a script, which only a shell starts.
  const { error, status, stderr, stdout } = spawnSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 2 ** 26,
  })
  if (error) throw error
  if (status !== 0) throw new Error(`npm ${args.join(' ')} in ${folder} failed:\n${stdout}${stderr}`)
  return stdout
}
