import { join } from 'node:path'
import { expect, test } from 'vitest'
import { IS_WHOLE, rowsOf } from '../matrix.ts'
import { unmarkedListing } from '../unmarked-listing.ts'
import { coverageOf, type Language, writeInJavaScript } from '../vitest-coverage.ts'
import { ANY_MAJOR, type Major, majorsOf, type VitestProject, vitestProject } from '../vitest-project.ts'
import { BESIDE_COVERAGE } from './where.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

/** Who is behind tstrace: a plugin of the fixture's, or Vite's compiler with JavaScript as well, or with one file of it. */
type Behind = 'nobody' | 'idle' | 'silent' | 'editing' | 'compiler' | 'compiler of some' | 'babel'

interface Row {
  readonly behind: Behind
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
function projectIn({ behind, language, major }: Row): VitestProject {
  const project = vitestProject(major, FIXTURE)
  if (behind !== 'nobody') project.write('vitest.config.js', configWith(behind, major))
  // With branches this is what the guide says differs.
  const changed = (text: string): string => text.replace("|| (() => 'x')", '|| String')
  if (language === 'js') writeInJavaScript(project, FIXTURE, changed)
  return project
}

function configWith(behind: Behind, major: Major): string {
  const compiler = major === 5 ? 'oxc' : 'esbuild'
  const taken = { compiler: '[.][jt]s$', 'compiler of some': 'parcel[.]js$' }[behind as string]
  if (taken !== undefined)
    return `export default { ${compiler}: { include: /${taken}/, exclude: [] }, test: { ${cached(major)} } }`
  return `import { ${behind} } from './behind.js'\nexport default { plugins: [${behind}] }`
}

/** That transformed modules are kept on disk. */
function cached(major: Major): string {
  return major === 4 ? 'experimental: { fsModuleCache: true }' : 'fsModuleCache: true'
}

function covered(row: Row, tracing?: string): Promise<Covered> {
  return coveredIn(projectIn(row), row, tracing)
}

async function coveredIn(project: VitestProject, { provider }: Row, tracing?: string): Promise<Covered> {
  const files = await coverageOf(project, provider, tracing)
  const listing = tracing === undefined ? undefined : project.read('coverage/tstrace/src/parcel.cover')
  return { files, listing }
}

/** Coverage without tracing, which several rows share. */
const plain = new Map<string, Promise<Covered>>()

function coveredAlone({ behind, language, major, provider }: Row): Promise<Covered> {
  const row = { behind, language, major, provider }
  const key = JSON.stringify(row)
  const alone = plain.get(key) ?? covered(row)
  plain.set(key, alone)
  return alone
}

const BEHIND: readonly Behind[] = [
  'nobody',
  'idle',
  'editing',
  'compiler',
  ...(IS_WHOLE ? (['silent'] as const) : []),
]

/** The listing is the same in each row of a language: the first one's. */
const listings = new Map<Language, string>()

test.each(
  rowsOf(
    {
      behind: BEHIND,
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
  'Vitest $major: coverage of .$language by $provider is the same with and without tracing $tracing, behind it $behind',
  async ({ tracing, ...row }) => {
    const [alone, traced] = await Promise.all([coveredAlone(row), covered(row, tracing)])
    const names = ['parcel', 'unloaded', 'ways', 'zone'].map((name) => `/src/${name}.${row.language}`)
    expect(Object.keys(alone.files)).toEqual(names)
    expect(traced.files).toEqual(alone.files)
    const unmarked = unmarkedListing(traced.listing ?? '')
    const listing = listings.get(row.language) ?? unmarked
    listings.set(row.language, listing)
    expect(unmarked).toBe(listing)
    expect(listing).toContain('    3:   let sum = zone(parcel.country)')
  },
)

test.each(
  rowsOf({ major: majorsOf(BESIDE_COVERAGE).filter((major) => major > 3), provider: ['v8', 'istanbul'] }, 1),
)(
  'Vitest $major: coverage by $provider of files of which one is compiled is the same from the cache, too',
  async (given) => {
    const row = { behind: 'compiler of some', language: 'js', ...given } as const
    const project = projectIn(row)
    const cold = await coveredIn(project, row, '')
    const warm = await coveredIn(project, row, '')
    const alone = await covered(row)
    expect(cold.files).toEqual(alone.files)
    expect(warm.files).toEqual(alone.files)
  },
)

/** How often each line was covered; columns behind Babel are what the guide says differs. */
function linesOf({ files }: Covered): Record<string, Record<number, number>> {
  const entries = Object.entries(files as Record<string, Statements>)
  return Object.fromEntries(
    entries.map(([path, { s, statementMap }]) => {
      const lines: Record<number, number> = {}
      for (const [key, { start }] of Object.entries(statementMap))
        lines[start.line] = Math.max(lines[start.line] ?? 0, s[key] as number)
      return [path, lines]
    }),
  )
}

test.each(
  rowsOf(
    { major: majorsOf(BESIDE_COVERAGE), provider: ['v8', 'istanbul'] },
    1,
    // It has lines on which nothing stands, and other ones.
    ({ major, provider }) => !(major === 3 && provider === 'v8'),
  ),
)('Vitest $major: lines in the coverage by $provider are the same behind Babel', async (given) => {
  const row = { behind: 'babel', language: 'js', ...given } as const
  const [alone, traced] = await Promise.all([coveredAlone(row), covered(row, '')])
  expect(linesOf(traced)).toEqual(linesOf(alone))
})

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
