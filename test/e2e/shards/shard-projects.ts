import { join } from 'node:path'
import { type Ended, runCommand } from '../command.ts'
import { REPOSITORY } from '../install.ts'
import { ANY_JEST_MAJOR, jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { ANY_MAJOR, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

/** All runs have a name in common, and no commit: that of this repository may change meanwhile. */
const RUN = { TSTRACE_RUN: 'r', GIT_DIR: 'none' }

/** A checkout of the market, in a folder of its own. */
export interface Checkout {
  readonly folder: string
  /** Runs the tests, or a part of them; returns what was printed on both streams. */
  tests(asked: string, words?: readonly string[]): Promise<string>
  /** Runs the command `tstrace`. */
  tstrace(...words: string[]): Promise<Ended>
  read(path: string): string
  write(path: string, text: string): void
}

/** What makes a checkout for a runner, by name of the runner. */
export const CHECKOUTS: Readonly<Record<string, () => Checkout>> = Object.fromEntries([
  ...ANY_MAJOR.map((major) => {
    const checkout = (): Checkout => {
      const project = vitestProject(major, FIXTURE)
      return checkoutOf(project, (words, env) => project.vitest(['--reporter=tstrace', ...words], { env }))
    }
    return [`Vitest ${major}`, checkout] as const
  }),
  ...ANY_JEST_MAJOR.map((major) => {
    const config = { transform: TRANSFORMS['@swc/jest'], reporters: ['default', 'tstrace/jest'] }
    const checkout = (): Checkout => {
      const project = jestProject(major, FIXTURE, config)
      return checkoutOf(project, (words, env) => project.jest(words, { env }))
    }
    return [`Jest ${major}`, checkout] as const
  }),
])

type Run = (words: readonly string[], env: Record<string, string>) => Promise<Ended>

function checkoutOf(project: Pick<Checkout, 'folder' | 'read' | 'write'>, run: Run): Checkout {
  const { folder } = project
  return {
    ...project,
    async tests(asked, words = []) {
      const { status, stderr, stdout } = await run(words, { TSTRACE: asked, ...RUN })
      if (status !== 0) throw new Error(`${stdout}\n${stderr}`)
      return stdout + stderr
    },
    tstrace(...words) {
      const program = join(REPOSITORY, 'packages/tstrace/bin/tstrace.js')
      return runCommand({ program, args: words, folder, options: { env: RUN } })
    },
  }
}
