import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installModules } from './installed-modules.ts'
import { largeProject } from './large-project.ts'

export type Runner = 'vitest' | 'jest'

export interface Suite {
  readonly name: string
  readonly runner: Runner
  /** Makes its project, and returns the folder. */
  readonly make: () => string
}

const ZOD = dirname(fileURLToPath(import.meta.resolve('zod/package.json')))

/** What zod's tests import that is installed here; test files that import something else are left out. */
const INSTALLED = /^(?:vitest$|zod(?:\/|$)|node:|\.)/

const ALIASES: Readonly<Record<string, string>> = {
  '^zod$': 'src/index.ts',
  '^zod/mini$': 'src/mini/index.ts',
  '^zod/(v3|v4|v4/core|v4/locales)$': 'src/$1/index.ts',
}

/** Suites with one small test file and with a hundred, and zod's, the one package at hand that publishes its tests. */
export const SUITES: readonly Suite[] = [
  { name: 'one small test file, Vitest', runner: 'vitest', make: () => smallVitest(1) },
  { name: '100 small test files, Vitest', runner: 'vitest', make: () => smallVitest(100) },
  { name: 'zod 3, Vitest, isolate: false', runner: 'vitest', make: () => zodVitest('v3', false) },
  {
    name: 'zod 4 mini, Vitest, a process for each test file',
    runner: 'vitest',
    make: () => zodVitest('v4/mini', true),
  },
  { name: 'one small test file, Jest', runner: 'jest', make: smallJest },
  { name: 'zod 3, Jest', runner: 'jest', make: zodJest },
]

function smallVitest(testFiles: number): string {
  return largeProject({ testFiles, sources: 5, lines: 50, isolate: false })
}

function zodVitest(version: 'v3' | 'v4/mini', isolate: boolean): string {
  const folder = zod(version)
  const alias = Object.entries(ALIASES).map(
    ([find, file]) => `{ find: /${find.replaceAll('/', '\\/')}/, replacement: '${join(folder, file)}' }`,
  )
  const test = { pool: 'forks', isolate, maxWorkers: 2, include: ['src/**/*.test.ts'] }
  const config = `export default { resolve: { alias: [${alias.join()}] }, test: ${JSON.stringify(test)} }\n`
  writeFileSync(join(folder, 'vitest.config.mjs'), config)
  return folder
}

/** zod's sources and the tests of one of its versions; those of all would take minutes each time. */
function zod(version: 'v3' | 'v4/mini'): string {
  const folder = emptyProject()
  cpSync(join(ZOD, 'src'), join(folder, 'src'), { recursive: true })
  for (const file of globSync('src/**/*.test.ts', { cwd: folder })) {
    const imported = readFileSync(join(folder, file), 'utf8').matchAll(/\b(?:from|import\() ?['"]([^'"]+)/g)
    const isRunnable =
      file.startsWith(`src/${version}/`) &&
      Array.from(imported).every(([, from]) => INSTALLED.test(from as string))
    if (!isRunnable) rmSync(join(folder, file))
  }
  return folder
}

function zodJest(): string {
  const folder = zod('v3')
  writeFileSync(
    join(folder, 'globals.cjs'),
    `const { jest: vi, ...rest } = require('@jest/globals')\nmodule.exports = { ...rest, vi }\n`,
  )
  const names = Object.entries(ALIASES).map(([find, file]) => [find, `<rootDir>/${file}`])
  const mapper = {
    ...Object.fromEntries(names),
    '^vitest$': '<rootDir>/globals.cjs',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  }
  writeJestConfig(folder, { moduleNameMapper: mapper })
  return folder
}

function smallJest(): string {
  const folder = smallVitest(1)
  const file = join(folder, 'test/t0.test.ts')
  writeFileSync(file, readFileSync(file, 'utf8').replace("'vitest'", "'@jest/globals'"))
  writeJestConfig(folder, {})
  return folder
}

function writeJestConfig(folder: string, more: object): void {
  const config = {
    transform: { '\\.ts$': '@swc/jest' },
    maxWorkers: 2,
    cacheDirectory: '<rootDir>/cache',
    ...more,
  }
  writeFileSync(join(folder, 'jest.config.json'), JSON.stringify(config))
}

function emptyProject(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tstrace-suite-')))
  mkdirSync(join(folder, 'src'))
  installModules(join(folder, 'node_modules'))
  return folder
}
