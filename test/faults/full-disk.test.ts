import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folderWith, tstrace } from '../e2e/cli-command/tstrace-command.ts'
import type { Ended } from '../e2e/command.ts'
import { jestProject } from '../e2e/jest-project.ts'
import { TRANSFORMS } from '../e2e/jest-transforms.ts'
import { NEWEST, vitestProject } from '../e2e/vitest-project.ts'
import { howMany } from './how-many.ts'
import { expectNoSilentLoss, NAMES, PROGRAM, SMALL, smallCounts, sourceOf } from './small-project.ts'

const PRELOAD = fileURLToPath(new URL('./fixtures/full-disk.cjs', import.meta.url))

/** Bytes that have room in the folder of a run: from nothing at all to what is more than it needs. */
const ROOMS = [0, 1200, 3000, 1, 60, 300, 700, 2000, 5000, 100_000].slice(0, howMany({ short: 3, whole: 10 }))

interface Project {
  readonly folder: string
  /** @param args more than those with which nothing but the tests or the program runs */
  run(
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<Pick<Ended, 'status' | 'stderr' | 'stdout'>>
}

type ProjectFile = readonly [path: string, text: string]

const SOURCES: readonly ProjectFile[] = NAMES.map((name) => [`src/${name}.ts`, sourceOf(name)])

const FRONT_ENDS: Readonly<Record<string, () => Project>> = {
  Vitest() {
    const project = vitestProject(NEWEST, SMALL)
    for (const [path, text] of SOURCES) project.write(path, text)
    return {
      folder: project.folder,
      run: (args, env) =>
        project.vitest(['--reporter=default', '--reporter=tstrace'], {
          env: { ...env, TSTRACE: args.join(' ') },
        }),
    }
  },
  Jest() {
    const project = jestProject(30, SMALL, {
      transform: TRANSFORMS['@swc/jest'],
      reporters: ['default', 'tstrace/jest'],
      maxWorkers: 2,
      workerIdleMemoryLimit: '4GB',
    })
    for (const [path, text] of SOURCES) project.write(path, text)
    return {
      folder: project.folder,
      run: (args, env) => project.jest([], { env: { ...env, TSTRACE: args.join(' ') } }),
    }
  },
  'the command'() {
    const folder = folderWith(Object.fromEntries([...SOURCES, ['main.mjs', PROGRAM]]))
    return { folder, run: (args, env) => tstrace(folder, ['-c', '-C', 'out', ...args, 'main.mjs'], { env }) }
  },
}

test.each(Object.entries(FRONT_ENDS))(
  '%s: a folder for temporary files that fills up costs counts with a sentence, and nothing else',
  async (_name, make) => {
    const { folder, run } = make()
    const TMPDIR = join(folder, 'temporary')
    mkdirSync(TMPDIR, { recursive: true })
    const first = await run(['-f', 'counts'], { TMPDIR })
    expect(first, first.stderr).toMatchObject({ status: 0 })
    const whole = smallCounts(folder)
    for (const room of ROOMS) {
      const before = smallCounts(folder)
      const faulty = {
        NODE_OPTIONS: `--require "${PRELOAD}"`,
        FULL_DISK_FOLDER: TMPDIR,
        FULL_DISK_BYTES: `${room}`,
      }
      const ended = await run(['-f', 'counts'], { TMPDIR, ...faulty })
      expect(ended.status, ended.stderr).toBe(0)
      expectNoSilentLoss({ whole, before, after: smallCounts(folder), folder, stderr: ended.stderr })
    }
    expect(readdirSync(TMPDIR).filter((name) => name.startsWith('tstrace-'))).toEqual([])
    const strict = await tstrace(folder, ['--report', '--strict', '-f', 'counts', '-C', 'sum'])
    expect(strict).toMatchObject({ status: 1, stderr: expect.stringContaining('TST_COUNTS_UNSOUND') })
  },
)
