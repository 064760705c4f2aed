import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { expect, onTestFinished } from 'vitest'
import { COMPILE_CACHE } from './install.ts'
import { NODE, plainEnvironment } from './node.ts'

/** A terminal for a program, since runners listen to keys in terminals only; what it prints goes on to us. */
const TERMINAL = 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)'

export interface Watching {
  /** A JavaScript file. */
  readonly program: string
  readonly args: readonly string[]
  readonly folder: string
  readonly env?: Readonly<Record<string, string>>
  /** What the runner prints when it waits for changes after a run, and only then. */
  readonly ended: RegExp
}

/** A runner that watches a project, at the keyboard of a terminal. */
export interface WatchedRunner {
  /** Waits for the end of the next run, and returns what was printed since the last one, without colours. */
  run(action?: () => void): Promise<string>
  /** Waits until a text is printed. */
  until(text: string): Promise<void>
  press(keys: string): void
  /** Writes a file of the project in one step: whoever watches might see a written file twice. */
  write(path: string, text: string): void
  /** Writes a file that is another then, or a new one, and waits for the run that follows. */
  edit(path: string, change: (text: string) => string): Promise<string>
  /** Waits for as long as it takes to run again for what has been written already, and says whether it did. */
  isQuiet(): Promise<boolean>
  /** Ends it as a user does, by a key. */
  quit(key: string): Promise<void>
}

export function watchRunner({ args, ended, env, folder, program }: Watching): WatchedRunner {
  const TMPDIR = join(folder, '../temporary')
  mkdirSync(TMPDIR, { recursive: true })
  const child: ChildProcess = spawn('python3', ['-c', TERMINAL, NODE, program, ...args], {
    cwd: folder,
    env: { ...plainEnvironment(), ...COMPILE_CACHE, NO_COLOR: '1', COLUMNS: '200', TMPDIR, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let printed = ''
  let seen = 0
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => {
      printed += stripVTControlCharacters(String(text)).replaceAll('\r', '').replaceAll(folder, '<project>')
    })
  const until = async (isTrue: () => boolean): Promise<void> => {
    // Longer than any machine takes, and shorter than the test may: the failure shows what was printed.
    const end = performance.now() + 100_000
    while (!isTrue() && performance.now() < end) await sleep(20)
    expect(isTrue(), printed.slice(seen)).toBe(true)
  }
  const run: WatchedRunner['run'] = async (action) => {
    action?.()
    await until(() => ended.test(printed.slice(seen)))
    const from = seen
    seen += printed.slice(seen).search(ended) + (ended.exec(printed.slice(seen))?.[0].length ?? 0)
    return printed.slice(from, seen)
  }
  const write: WatchedRunner['write'] = (path, text) => {
    writeFileSync(join(folder, '../written'), text)
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    renameSync(join(folder, '../written'), join(folder, path))
  }
  return {
    run,
    write,
    edit(path, change) {
      const place = join(folder, path)
      const text = existsSync(place) ? readFileSync(place, 'utf8') : ''
      return run(() => write(path, change(text)))
    },
    until: (text) => until(() => printed.slice(seen).includes(text)),
    press: (keys) => child.stdin?.write(keys),
    async isQuiet() {
      await sleep(1500)
      return !ended.test(printed.slice(seen))
    },
    async quit(key) {
      const exit = once(child, 'exit')
      child.stdin?.write(key)
      await exit
      expect(readdirSync(TMPDIR).filter((name) => name.startsWith('tstrace-'))).toEqual([])
    },
  }
}
