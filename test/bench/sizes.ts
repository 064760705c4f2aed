import { instrument } from '@tstrace/instrument'
import { printTable } from './print-table.ts'
import { minimum } from './series.ts'
import { threadTime } from './thread-time.ts'

/** Lines that ask for something to be found in front of them; a search from the start of the text would show. */
const LINES: Readonly<Record<string, string>> = {
  'arrows without parameters': 'call(1, () => f(g(1)))\n',
  'else if': 'if (a) b(() => (c ? d : e)); else if (x) y()\n',
  'async arrows': 'call(1, async () => f(await g(1)))\n',
  classes: '; (class { x = () => 1; static { f() } m() {} })\n',
  'ignore hints': '/* istanbul ignore next */ f(function () { return 1 })\n',
}

/** Measures and prints how long instrumenting takes over the size of a source: rows that stay level are linear. */
export async function sizes({ quick }: { readonly quick: boolean }): Promise<void> {
  const lengths = quick ? [500, 1_000] : [1_000, 4_000, 16_000, 64_000]
  const passes = quick ? 1 : 3
  console.log(
    `Instrumenting with calls over the size: milliseconds per 1,000 lines, best of ${passes} passes\n`,
  )
  printTable(
    ['', ...lengths.map((length) => `${length.toLocaleString('en')} lines`)],
    Object.entries(LINES).map(([name, line]) => [
      name,
      ...lengths.map((length) => {
        const text = line.repeat(length)
        const times = Array.from({ length: passes }, () => timeOf(text))
        return ((minimum(times) / length) * 1000).toFixed(2)
      }),
    ]),
  )
}

function timeOf(text: string): number {
  const start = threadTime()
  for (const compiler of ['oxc', 'esbuild'] as const)
    instrument(text, { file: 'a.js', calls: true, compiler })
  return (threadTime() - start) / 2
}
