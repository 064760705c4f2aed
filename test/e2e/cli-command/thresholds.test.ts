import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, tstrace } from './tstrace-command.ts'

const PROGRAM = `function never() {
  console.log(1)

  console.log(2)
}
for (let i = 0; i < 99; i++) if (i < 0) never()
if (process.argv[2]) process.exitCode = Number(process.argv[2])
`
const COUNTED = ['-c', '-s', '-C', 'out']

test('a total, the lines that are missing, and a status of its own for what is too little', async () => {
  const folder = folderWith({ 'src/main.js': PROGRAM })
  const asked = [
    ...COUNTED,
    '-f',
    'all.counts',
    '--total',
    '--ranges',
    '--fail-under',
    '61',
    '--fail-under-file',
    '59.9',
  ]
  const { status, stderr, stdout } = await tstrace(folder, [...asked, 'src/main.js'])
  const table = `lines   cov%   module   (path)   missing
    5    60%   src.main   (src/main.js)   2-4
    5    60%   TOTAL   (1 source)
`
  expect(stdout).toBe(table)
  expect(readFileSync(join(folder, 'out/summary.txt'), 'utf8')).toBe(table)
  expect(stderr).toBe('tstrace: Of all lines 60% (3 of 5) ran, less than the 61% of failUnder.\n')
  expect(status).toBe(3)

  const failing = await tstrace(folder, ['-c', '-C', 'out', '--fail-under', '100', 'src/main.js', '7'])
  expect(failing.status, 'how the program ended is more').toBe(7)
  const reported = await tstrace(folder, ['-r', '-f', 'all.counts', '-C', 'out', '--fail-under-file', '70'])
  expect(reported.stderr).toBe(
    'tstrace: In 1 source less than the 70% of failUnderFile ran: src/main.js 60% (3 of 5).\n',
  )
  expect(reported.status).toBe(3)
  const silent = await tstrace(folder, ['-c', '-R', '-f', 'all.counts', '--fail-under', '61', 'src/main.js'])
  expect([silent.status, silent.stdout]).toEqual([3, ''])
})

test('colours are asked for, or on a terminal; files have none', async () => {
  const folder = folderWith({ 'src/main.js': PROGRAM })
  const env = { NO_COLOR: '', FORCE_COLOR: '1', COLUMNS: '80' }
  const { stdout } = await tstrace(folder, [...COUNTED, 'src/main.js'], { env })
  expect(stdout).toBe(
    '\u001b[1mlines   cov%   heat       module   (path)\u001b[22m\n' +
      '    5   \u001b[33m 60%\u001b[39m   \u001b[31m■■■■■■■■\u001b[39m   src.main   (src/main.js)\n',
  )
  expect(readFileSync(join(folder, 'out/summary.txt'), 'utf8')).toBe(
    'lines   cov%   module   (path)\n    5    60%   src.main   (src/main.js)\n',
  )
  const ci = await tstrace(folder, [...COUNTED, 'src/main.js'], { env: { NO_COLOR: '', CI: 'true' } })
  expect(ci.stdout, 'programs read what is no terminal').toBe(
    'lines   cov%   module   (path)\n    5    60%   src.main   (src/main.js)\n',
  )
})
