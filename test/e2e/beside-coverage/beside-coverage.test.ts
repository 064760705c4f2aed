import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rowsOf } from '../matrix.ts'
import { unmarkedListing } from '../unmarked-listing.ts'
import { ANY_MAJOR, type Major, majorsOf, type VitestProject, vitestProject } from '../vitest-project.ts'
import { BESIDE_COVERAGE } from './where.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

/** What a compiler takes, and what Vite gives on as it is. */
type Language = 'ts' | 'js'

interface Row {
  readonly language: Language
  readonly major: Major
  readonly provider: string
}

interface Covered {
  /** Vitest's `coverage-final.json`, by path from the project. */
  readonly files: Readonly<Record<string, unknown>>
  readonly listing: string | undefined
}

/** The project in a language: in JavaScript there are blanks where types are. */
function projectIn(language: Language, major: Major): VitestProject {
  const project = vitestProject(major, FIXTURE)
  if (language === 'ts') return project
  for (const folder of ['src', 'test'])
    for (const name of readdirSync(new URL(folder, FIXTURE))) {
      const path = `${folder}/${name}`
      const typed = readFileSync(new URL(path, FIXTURE), 'utf8')
      // With branches this is what the guide says differs.
      const text = stripTypeScriptTypes(typed).replace("|| (() => 'x')", '|| String')
      rmSync(join(project.folder, path))
      project.write(path.replace(/ts$/, 'js'), text.replaceAll(/(?<=from '.*\.)ts(?=')/g, 'js'))
    }
  return project
}

async function covered(row: Row, tracing?: string): Promise<Covered> {
  const { language, major, provider } = row
  const project = projectIn(language, major)
  const coverage = ['enabled', `provider=${provider}`, 'reporter=json', 'include=src/**']
  const args = [...coverage.map((option) => `--coverage.${option}`), '--reporter=default']
  if (tracing !== undefined) args.push('--reporter=tstrace')
  const { status, stderr } = await project.vitest(args, { env: { TSTRACE: tracing ?? '' } })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const text = project.read('coverage/coverage-final.json').replaceAll(project.folder, '')
  const listing = tracing === undefined ? undefined : project.read('coverage/tstrace/src/parcel.cover')
  return { files: JSON.parse(text), listing }
}

/** Coverage without tracing, which several rows share. */
const plain = new Map<string, Promise<Covered>>()

function coveredAlone({ language, major, provider }: Row): Promise<Covered> {
  const key = `${language} ${major} ${provider}`
  const alone = plain.get(key) ?? covered({ language, major, provider })
  plain.set(key, alone)
  return alone
}

/** The listing is the same in each row of a language: the first one's. */
const listings = new Map<Language, string>()

test.each(
  rowsOf(
    {
      language: ['ts', 'js'] as const,
      major: majorsOf(BESIDE_COVERAGE),
      provider: ['v8', 'istanbul'],
      tracing: ['', '--trackcalls', '--branches'],
    },
    2,
    // The guide says what differs there.
    ({ major, provider, tracing }) => !(major === 3 && provider === 'v8' && tracing === '--trackcalls'),
  ),
)(
  'Vitest $major: coverage of .$language by $provider is the same with and without tracing $tracing',
  async ({ tracing, ...row }) => {
    const [alone, traced] = await Promise.all([coveredAlone(row), covered(row, tracing)])
    const names = ['parcel', 'ways', 'zone'].map((name) => `/src/${name}.${row.language}`)
    expect(Object.keys(alone.files)).toEqual(names)
    expect(traced.files).toEqual(alone.files)
    const unmarked = unmarkedListing(traced.listing ?? '')
    const listing = listings.get(row.language) ?? unmarked
    listings.set(row.language, listing)
    expect(unmarked).toBe(listing)
    expect(listing).toContain('    3:   let sum = zone(parcel.country)')
  },
)

const WAITED = `export async function waited(given?: number) {
  const size = given ?? await Promise.resolve(2)
  const twice = size * 2
  return twice
}
`
const WAITED_TEST = `import { expect, test } from 'vitest'
import { waited } from '../src/waited.ts'
test('waits for nothing', async () => expect(await waited(3)).toBe(6))
`

test.each(ANY_MAJOR)(
  'Vitest %i: for V8 nothing ran behind an arm that ends with `await` and did not run, unless calls are recorded',
  async (major) => {
    const project = vitestProject(major, FIXTURE)
    project.write('src/waited.ts', WAITED)
    project.write('test/waited.test.ts', WAITED_TEST)
    const coverage = ['enabled', 'provider=v8', 'reporter=json'].map((option) => `--coverage.${option}`)
    const last: unknown[] = []
    for (const reporters of [[], ['--reporter=tstrace']]) {
      const args = [...coverage, '--reporter=default', ...reporters]
      const { status } = await project.vitest(args, { env: { TSTRACE: '--trackcalls' } })
      expect(status).toBe(0)
      const files: Record<string, Statements> = JSON.parse(project.read('coverage/coverage-final.json'))
      const { s, statementMap } = files[join(project.folder, 'src/waited.ts')] as Statements
      const id = Object.keys(statementMap).find((key) => statementMap[key]?.start.line === 4)
      last.push(s[id as string])
    }
    expect(last).toEqual([0, 1])
  },
)

interface Statements {
  readonly s: Readonly<Record<string, number>>
  readonly statementMap: Readonly<Record<string, { readonly start: { readonly line: number } }>>
}
