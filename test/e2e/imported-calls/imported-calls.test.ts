import { expect, test } from 'vitest'
import { IS_WHOLE, rowsOf } from '../matrix.ts'
import { coverageOf, type Language, writeInJavaScript } from '../vitest-coverage.ts'
import { MAJORS, type Major, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

function covered(
  row: { readonly language: Language; readonly major: Major; readonly provider: string },
  tracing?: string,
): Promise<Readonly<Record<string, unknown>>> {
  const project = vitestProject(row.major, FIXTURE)
  if (row.language === 'js') writeInJavaScript(project, FIXTURE)
  return coverageOf(project, row.provider, tracing)
}

test.each(
  rowsOf(
    {
      language: ['ts', 'js'] as const,
      major: MAJORS,
      // What Istanbul covers has places of its own in front of such a call.
      provider: IS_WHOLE ? ['v8', 'istanbul'] : ['v8'],
      tracing: ['', '--trackcalls', '--branches'],
    },
    2,
    // The guide says what differs there.
    ({ major, provider, tracing }) => !(major === 3 && provider === 'v8' && tracing === '--trackcalls'),
  ),
)(
  'Vitest $major: what begins with an imported call is where it was in coverage of .$language by $provider, tracing $tracing',
  async ({ tracing, ...row }) => {
    const [alone, traced] = await Promise.all([covered(row), covered(row, tracing)])
    expect(Object.keys(alone)).toEqual([`/src/calls.${row.language}`, `/src/named.${row.language}`])
    expect(traced).toEqual(alone)
  },
)
