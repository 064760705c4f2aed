import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readSource } from '../files/read-source.ts'

/** Variables by which git looks for a repository elsewhere. */
const ELSEWHERE = ['GIT_DIR', 'GIT_COMMON_DIR', 'GIT_WORK_TREE', 'GIT_CEILING_DIRECTORIES']

const HASH = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

/**
 * The commit that a folder is at; '' where there is none. Mostly two small files say it, and to start git for them takes a tenth
 * of what tracing adds to a small run. What they do not say plainly git is asked for.
 */
export function commitOf(root: string): string {
  return commitInFiles(root) ?? commitByGit(root)
}

function commitInFiles(root: string): string | undefined {
  if (ELSEWHERE.some((name) => process.env[name] !== undefined)) return undefined
  try {
    const own = gitFolder(root)
    if (own === undefined) return ''
    const head = lineOf(join(own, 'HEAD'))
    const [, name] = /^ref: (refs\/heads\/\S+)$/.exec(head) ?? []
    const commit = name === undefined ? head : commitOfBranch(sharedFolder(own), name)
    return commit !== undefined && HASH.test(commit) ? commit : undefined
  } catch {
    return undefined
  }
}

/** Where the repository of a folder keeps what belongs to this working tree alone; a bare one is that place itself. */
function gitFolder(root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const place = join(folder, '.git')
    if (existsSync(join(place, 'HEAD'))) return place
    if (existsSync(place)) return resolve(folder, lineOf(place).replace(/^gitdir: /, ''))
    if (existsSync(join(folder, 'HEAD')) && existsSync(join(folder, 'objects'))) return folder
    if (dirname(folder) === folder) return undefined
  }
}

/** Where it keeps what all its working trees share. */
function sharedFolder(own: string): string {
  const place = join(own, 'commondir')
  return existsSync(place) ? resolve(own, lineOf(place)) : own
}

function commitOfBranch(shared: string, name: string): string | undefined {
  const place = join(shared, name)
  if (existsSync(place)) return lineOf(place)
  const packed = readSource(join(shared, 'packed-refs')).split('\n')
  return packed.find((line) => line.endsWith(` ${name}`))?.slice(0, -name.length - 1)
}

function lineOf(file: string): string {
  return readSource(file).trim()
}

function commitByGit(root: string): string {
  // Questions ask for the project only, and wait for every module that is loaded.
  const { execFileSync } = process.getBuiltinModule('node:child_process')
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}
