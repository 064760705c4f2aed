import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installModules } from './installed-modules.ts'

/** How large a project for Vitest is. */
export interface ProjectSize {
  readonly testFiles: number
  /** All of them are imported by each test file. */
  readonly sources: number
  /** In each source. */
  readonly lines: number
  /** A process of its own for each test file. */
  readonly isolate: boolean
}

/** A reporter that writes `figures.json` when the process ends. */
const STOPWATCH = `import { writeFileSync } from 'node:fs'
let last = 0
let before
export default class {
  onInit() {
    process.once('exit', () => {
      const wall = performance.now() - last
      const { user, system } = process.cpuUsage(before)
      const memory = process.resourceUsage().maxRSS / 1024
      const { user: allUser, system: allSystem } = process.cpuUsage()
      const whole = (allUser + allSystem) / 1000
      writeFileSync('figures.json', JSON.stringify({ wall, processor: (user + system) / 1000, whole, memory }))
    })
  }
  onTestModuleEnd() {
    last = performance.now()
    before = process.cpuUsage()
  }
}
`

/** Writes a project into a fresh folder, and returns that. */
export function largeProject({ isolate, lines, sources, testFiles }: ProjectSize): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tstrace-large-')))
  for (const name of ['src', 'test']) mkdirSync(join(folder, name))
  installModules(join(folder, 'node_modules'))
  const numbers = Array.from({ length: sources }, (_, number) => number)
  for (const number of numbers) writeFileSync(join(folder, `src/s${number}.ts`), sourceText(lines))
  const imports = numbers.map((number) => `import * as s${number} from '../src/s${number}.ts'\n`).join('')
  for (let at = 0; at < testFiles; at++) {
    const calls = numbers.map((number) => `s${number}.f${at % Math.min(20, lines / 5)}(${at})`).join(' + ')
    const text = `import { expect, test } from 'vitest'\n${imports}test('adds', () => expect(${calls}).toBeGreaterThan(-1))\n`
    writeFileSync(join(folder, `test/t${at}.test.ts`), text)
  }
  writeFileSync(join(folder, 'stopwatch.mjs'), STOPWATCH)
  const config = { pool: 'forks', isolate, maxWorkers: 2 }
  writeFileSync(join(folder, 'vitest.config.mjs'), `export default { test: ${JSON.stringify(config)} }\n`)
  return folder
}

function sourceText(lines: number): string {
  return Array.from(
    { length: lines / 5 },
    (_, at) =>
      `export function f${at}(a: number): number {\n  if (a > ${at}) {\n    return a * ${at}\n  }\n  return a + ${at} }\n`,
  ).join('')
}
