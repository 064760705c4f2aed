import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

interface Ended {
  readonly stdout: string
  readonly stderr: string
}

/** Milliseconds that tests may take: a change can have them wait for ever. */
const LONGEST = 600_000

/** What a runner is asked, as the words behind its name. */
interface RunnerWords {
  /** Its command, from the folder of its package. */
  readonly command: string
  readonly record: readonly string[]
  /** A run whose outcome goes into a file; of all test files unless some are named, by absolute path. */
  readonly test: (report: string, files: readonly string[]) => readonly string[]
  /** The test files that import a source, however far away. */
  readonly byImports: (path: string) => readonly string[]
}

const RUNNERS: Readonly<Record<string, RunnerWords>> = {
  vitest: {
    command: 'vitest.mjs',
    record: ['run', '--reporter=tstrace'],
    test: (report, files) => [
      'run',
      '--reporter=json',
      `--outputFile=${report}`,
      '--test-timeout=5000',
      ...files,
    ],
    byImports: () => ['list', '--filesOnly', '--changed'],
  },
  jest: {
    command: 'bin/jest.js',
    record: ['--ci', '--reporters=default', '--reporters=tstrace/jest'],
    test: (report, files) => [
      '--ci',
      '--json',
      `--outputFile=${report}`,
      '--reporters=default',
      ...(files.length > 0 ? ['--runTestsByPath', ...files] : []),
    ],
    byImports: (path) => ['--listTests', '--findRelatedTests', path],
  },
}

/** A project with one of the runners in which tstrace is installed. */
export class Project {
  readonly folder: string
  readonly #words: RunnerWords
  readonly #command: string

  /** @param folder absolute path of a git repository */
  constructor(folder: string) {
    this.folder = folder
    const load = createRequire(join(folder, 'x'))
    const [name, words] = Object.entries(RUNNERS).find(([name]) => isThere(load, name)) ?? []
    if (!name || !words) throw new Error(`${folder} has neither Vitest nor Jest`)
    this.#words = words
    this.#command = join(dirname(load.resolve(`${name}/package.json`)), words.command)
  }

  git(...words: string[]): string {
    return spawnSync('git', words, { cwd: this.folder, encoding: 'utf8' }).stdout
  }

  async record(): Promise<void> {
    await this.#run([this.#command, ...this.#words.record])
  }

  /** The test files in which something fails, from the folder; of all unless some are named. Undefined where tests do not end. */
  async failing(files: readonly string[] = []): Promise<Set<string> | undefined> {
    const report = join(this.folder, 'node_modules/.mutation.json')
    const paths = files.map((file) => join(this.folder, file))
    rmSync(report, { force: true })
    await this.#run([this.#command, ...this.#words.test(report, paths)])
    if (!existsSync(report)) return undefined
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      testResults: { name: string; status: string }[]
    }
    const failed = testResults.filter(({ status }) => status === 'failed')
    return new Set(failed.map(({ name }) => relative(this.folder, name)))
  }

  /** How many test files the runner itself takes for a changed source, by what they import. */
  async byImports(path: string): Promise<number> {
    const { stdout } = await this.#run([this.#command, ...this.#words.byImports(path)])
    return stdout.split('\n').filter((line) => /\.[cm]?[jt]sx?$/.test(line.trim())).length
  }

  /** What `tstrace select` names; undefined for everything. */
  async selected(): Promise<Set<string> | undefined> {
    const command = join(this.folder, 'node_modules/tstrace/bin/tstrace.js')
    const { stderr, stdout } = await this.#run([command, 'select', '--since', 'HEAD', '--json'])
    if (!stdout) throw new Error(stderr)
    const { everything, selected } = JSON.parse(stdout) as {
      everything: readonly string[]
      selected: readonly { readonly file: string }[]
    }
    return everything.length > 0 ? undefined : new Set(selected.map(({ file }) => file))
  }

  #run(words: readonly string[]): Promise<Ended> {
    const child = spawn(process.execPath, words, {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST,
    })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    return new Promise((done) => child.on('close', () => done({ stdout, stderr })))
  }
}

function isThere(load: NodeJS.Require, name: string): boolean {
  try {
    load.resolve(`${name}/package.json`)
    return true
  } catch {
    return false
  }
}
