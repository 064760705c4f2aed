import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { IS_WHOLE, rowsOf } from '../matrix.ts'
import { MAJORS, type Major, type VitestProject, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

/** What a compiler takes, and what Vite gives on as it is. */
type Language = 'ts' | 'js'

function projectIn(language: Language, major: Major): VitestProject {
  const project = vitestProject(major, FIXTURE)
  if (language === 'ts') return project
  for (const folder of ['src', 'test'])
    for (const name of readdirSync(new URL(folder, FIXTURE))) {
      const path = `${folder}/${name}`
      const text = stripTypeScriptTypes(readFileSync(new URL(path, FIXTURE), 'utf8'))
      rmSync(join(project.folder, path))
      project.write(path.replace(/ts$/, 'js'), text.replaceAll(/(?<=from '.*\.)ts(?=')/g, 'js'))
    }
  return project
}

async function covered(
  row: { readonly language: Language; readonly major: Major; readonly provider: string },
  tracing?: string,
): Promise<Record<string, unknown>> {
  const { language, major, provider } = row
  const project = projectIn(language, major)
  const coverage = ['enabled', `provider=${provider}`, 'reporter=json', 'include=src/**']
  const args = [...coverage.map((option) => `--coverage.${option}`), '--reporter=default']
  if (tracing !== undefined) args.push('--reporter=tstrace')
  const { status, stderr } = await project.vitest(args, { env: { TSTRACE: tracing ?? '' } })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(project.read('coverage/coverage-final.json').replaceAll(project.folder, ''))
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
