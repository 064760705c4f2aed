import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, parse, resolve } from 'node:path'
import { nearestName } from '@tstrace/core/options'
import { sourceKind } from '@tstrace/instrument/source-file'
import { TstraceError } from '@tstrace/results/errors'
import { readSource } from '@tstrace/results/files'

/** The program that a command line names. */
export interface Program {
  /** As Node is to be told. */
  readonly given: string
  /** Absolute path, links resolved. */
  readonly path: string
  /** The folder it belongs to: that of its manifest, or the one it stands in. */
  readonly home: string
}

/**
 * Finds the program by its path, as `node PROGRAM` would.
 *
 * @throws TstraceError `TST_NO_PROGRAM`
 */
export function programAt(given: string, folder: string): Program {
  try {
    const path = realpathSync(createRequire(join(folder, 'x')).resolve(resolve(folder, given)))
    return { given, path, home: homeOf(path) }
  } catch {
    throw noProgram(given, folder)
  }
}

function noProgram(given: string, folder: string): TstraceError {
  const quoted = `'${given}'`
  const place = resolve(folder, given)
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false
  const reason = isFolder ? '[Errno 21] Is a directory' : '[Errno 2] No such file or directory'
  const meant = isFolder ? programIn(place) : sourceMeant(place)
  const advice =
    meant === undefined ? '' : `. Did you mean '${join(isFolder ? given : dirname(given), meant)}'?`
  return new TstraceError(
    'TST_NO_PROGRAM',
    `Cannot run file ${quoted} because: ${reason}: ${quoted}${advice}`,
  )
}

/** The source in a folder that is likely to be its program: one of a usual name, or the only one. */
function programIn(folder: string): string | undefined {
  const sources = sourcesIn(folder)
  const usual = ['main', 'index', 'cli', 'app', 'server']
    .map((name) => sources.find((source) => parse(source).name === name))
    .find((source) => source !== undefined)
  return usual ?? (sources.length === 1 ? sources[0] : undefined)
}

/** The source whose extension was left out, or whose name is nearest. */
function sourceMeant(place: string): string | undefined {
  const sources = sourcesIn(dirname(place))
  // Extensions make all names alike.
  const byName = new Map(sources.map((source) => [parse(source).name, source]))
  const name = basename(place)
  return byName.get(name) ?? byName.get(nearestName(parse(name).name, [...byName.keys()]) ?? '')
}

function sourcesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter(sourceKind).sort()
  } catch {
    return []
  }
}

/**
 * Finds the program by the name of an installed package, of a command that one brings, or of a module in one.
 *
 * @throws TstraceError `TST_NO_MODULE`
 */
export function programNamed(name: string, folder: string): Program {
  const path = commandOf(name, folder) ?? moduleNamed(name, folder)
  if (path === undefined) throw new TstraceError('TST_NO_MODULE', `No module named '${name}'`)
  const real = realpathSync(path)
  return { given: path, path: real, home: homeOf(real) }
}

function moduleNamed(name: string, folder: string): string | undefined {
  try {
    return createRequire(join(folder, 'x')).resolve(name)
  } catch {
    return undefined
  }
}

function commandOf(name: string, folder: string): string | undefined {
  const modules = join(folder, 'node_modules')
  const manifest = manifestIn(join(modules, name))
  if (manifest?.bin) {
    const { bin } = manifest
    const bins = typeof bin === 'string' ? { [name]: bin } : bin
    const file = bins[name.replace(/^@[^/]+\//, '')] ?? Object.values(bins)[0]
    if (file !== undefined) return join(modules, name, file)
  }
  const command = join(modules, '.bin', name)
  if (existsSync(command)) return command
  const above = dirname(folder)
  return above === folder ? undefined : commandOf(name, above)
}

function manifestIn(folder: string): { bin?: string | Record<string, string> } | undefined {
  try {
    return JSON.parse(readSource(join(folder, 'package.json')))
  } catch {
    return undefined
  }
}

/** Packages have manifests in other folders too, which say how the modules there are to be read. */
function homeOf(path: string): string {
  const [installed] = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/.exec(path) ?? []
  if (installed !== undefined) return installed
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (dirname(folder) === folder) return dirname(path)
  }
}
