import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { COMMAND_PROGRAMS, ESLINT_CONFIG, INPUTS } from './command-programs.ts'
import { FROM_NPM, packageFromNpm } from './from-npm.ts'

/**
 * A fresh folder as a user has it: the programs in `node_modules`, what they work on in `in`. Its tools see the programs as
 * installed below the folder they are started in.
 */
export function commandFolder(): string {
  const programs = COMMAND_PROGRAMS.map(({ name }) => packageFromNpm(name))
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tstrace-commands-')))
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  writeFileSync(join(folder, 'eslint.config.mjs'), ESLINT_CONFIG)
  mkdirSync(join(folder, 'in'))
  for (const [name, { from, path }] of Object.entries(INPUTS))
    cpSync(join(found(from, FROM_NPM), path), join(folder, 'in', name), { recursive: true, filter: isNoTest })
  const copied = new Set<string>()
  for (const program of programs) copy(program, folder, copied)
  return folder
}

/** The file that a package's command is in, from the folder it is copied to. */
export function commandFile(folder: string, name: string): string {
  const { bin } = manifest(join(folder, 'node_modules', name))
  const file = typeof bin === 'string' ? bin : (bin?.[name === 'typescript' ? 'tsc' : name] ?? '')
  return join('node_modules', name, file)
}

/** The file of a command that is not copied: of a tool that traces others. */
export function toolFile(name: string): string {
  const folder = packageFromNpm(name)
  const { bin } = manifest(folder)
  return join(folder, typeof bin === 'string' ? bin : (bin?.[name] ?? ''))
}

interface Manifest {
  readonly bin?: string | Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
}

function manifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/** Copies a package with what it depends on. */
function copy(from: string, folder: string, copied: Set<string>): void {
  if (copied.has(from)) return
  copied.add(from)
  cpSync(from, join(folder, relative(FROM_NPM, from)), { recursive: true })
  for (const name of Object.keys(manifest(from).dependencies ?? {})) copy(found(name, from), folder, copied)
}

/** The folder of a package as Node would find it. */
function found(name: string, from: string): string {
  const folder = join(from, 'node_modules', name)
  if (existsSync(join(folder, 'package.json'))) return folder
  if (dirname(from) === from) throw new Error(`The package ${name} is not installed`)
  return found(name, dirname(from))
}

function isNoTest(path: string): boolean {
  return !/[\\/](tests|benchmarks)$/.test(path)
}
