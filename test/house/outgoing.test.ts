import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root, temporaryTree } from './workspace.ts'

/** What brings a text to a terminal or a log. */
const OUT = /\bprocess\.std(out|err)\b|logger\.(log|error|warn)\(|(?<!\bMath)\.log\(|console\.|emitWarning\(/

/** What a text has to go through on its way there. */
const THROUGH = /\b(complaint|linesFor|printable|printableLines)\b/

/** Texts of ours without anything from outside in them, and streams to which nothing or only such texts are written. */
const OURS = [
  'process.emitWarning(sentenceOf(unsupported),',
  'ActionConstructorOptions).version}',
  'progressLine(process.stderr)',
  'screenOf(process.',
  // `ask` gives what may be written to a terminal.
  'written(process.stdout, printed)',
  // A file of another tool that was asked for on standard output, byte for byte.
  'written(process.stdout, piece)',
  // Commands that the service is to obey, of which each part from outside went through `printable`.
  'change.commands.join(',
  '_handle: handle',
  "this.log('')",
  "process.stderr.on('error', () => {})",
  "process.stdout.on('error', () => {}).once('error', sayLost)",
  'for (const stream of [process.stdout, process.stderr])',
]

/** The lines of sources by which a text could get out as it is. */
function waysAround(folder: string): string[] {
  return globSync('packages/*/src/**/*.{ts,mts}', { cwd: folder }).flatMap((path) =>
    readFileSync(join(folder, path), 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line))
      .filter((line) => OUT.test(line) && !THROUGH.test(line) && !OURS.some((part) => line.includes(part)))
      .map((line) => `${path}: ${line.trim()}`),
  )
}

test('every text goes out through printable.ts', () => {
  expect(waysAround(root)).toEqual([])
})

test.each([
  'process.stderr.write(problem)',
  'console.error(problem)',
  'vitest.logger.error(problem)',
  'this.log(problem)',
  'process.emitWarning(problem)',
  'await written(process.stdout, problem)',
])('a way around it is found: %s', (line) => {
  const through = line.replace('problem', 'complaint(problem)')
  const tree = temporaryTree({ 'packages/a/src/in/b.ts': `// ${line}\n  ${through}\n  ${line}\n` })
  expect(waysAround(tree)).toEqual([`packages/a/src/in/b.ts: ${line}`])
})
