import { spawnSync } from 'node:child_process'

interface Program {
  readonly name: string
  /** Of Debian, in which it is. */
  readonly from: string
}

/**
 * Runs a program that has to be on the machine.
 *
 * @returns what it wrote to standard output
 * @throws Error that names the package, where there is no such program, and what it wrote, where it fails
 */
export function runProgram({ from, name }: Program, args: readonly string[], folder: string): string {
  const { error, status, stderr, stdout } = spawnSync(name, args, { cwd: folder, encoding: 'utf8' })
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT')
    throw new Error(
      `This machine has no ${name}. Debian has it in the package ${from}: apt-get install ${from}`,
    )
  if (status !== 0) throw new Error(`${name} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}
