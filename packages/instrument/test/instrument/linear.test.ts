import { expect, test } from 'vitest'
import { instrument } from '../../src/instrument/instrument.ts'

/** Least processor time of three runs, in microseconds; that of this process, whatever else the machine does. */
function cost(
  text: string,
  options: { readonly calls: boolean; readonly compiler: 'oxc' | 'esbuild' },
): number {
  const times = [1, 2, 3].map(() => {
    const before = process.cpuUsage()
    instrument(text, { file: 'a.js', ...options })
    const { system, user } = process.cpuUsage(before)
    return user + system
  })
  return Math.min(...times)
}

const lines: Readonly<Record<string, string>> = {
  'arrows without parameters': 'call(1, () => f(g(1)))\n',
  'asynchronous arrows': 'call(1, async () => f(await g(1)))\n',
  'else if': 'if (a) b(() => (c ? d : e)); else if (x) y()\n',
  'ignore hints': '/* istanbul ignore next */ f(function () { return 1 })\n',
  classes: '; (class { x = () => 1; static { f() } m() {} })\n',
}

// Sixteen times the text: a search from its start for each line would take more than two hundred times as long.
test.each(Object.entries(lines))('%s take a time that grows with the text alone', (_what, line) => {
  for (const compiler of ['oxc', 'esbuild'] as const) {
    const options = { calls: true, compiler }
    expect(cost(line.repeat(4_000), options) / cost(line.repeat(250), options)).toBeLessThan(80)
  }
})
