import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { browserImport, browserOption } from '../browser-config.ts'
import { runCommand } from '../command.ts'
import { IS_WHOLE, rowsOf } from '../matrix.ts'
import { type Major, majorsOf, NEWEST, type VitestProject, vitestProject } from '../vitest-project.ts'
import { BROWSERS } from './where.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
const TSTRACE = fileURLToPath(import.meta.resolve('tstrace').replace(/dist\/index\.js$/, 'bin/tstrace.js'))

/** Browsers in a run: several in the newest version, where what differs between them would be. */
function namesFor(major: Major): readonly string[] {
  return major === NEWEST ? ['one', 'two'] : ['one']
}

function configured(major: Major): VitestProject {
  const project = vitestProject(major, FIXTURE)
  const browser = browserOption(major, namesFor(major))
  project.write(
    'vitest.config.ts',
    `${browserImport(major)}export default { test: { projects: [
  { test: { name: 'node', include: ['test/{node,cart}.test.ts'] } },
  { test: { name: 'jsdom', environment: 'jsdom', include: ['test/{node,cart}.test.ts'] } },
  { test: { name: 'pages', include: ['test/*.test.ts'], exclude: ['test/node.test.ts'], ${browser} } },
] } }
`,
  )
  return project
}

interface Outcome {
  readonly status: number | null
  readonly tests: unknown
  /** What Vitest prints of errors: names, messages, stacks and the code around. */
  readonly errors: readonly string[]
  /** Vitest's `coverage-final.json`, by path from the project. */
  readonly coverage: unknown
  readonly snapshots: readonly string[]
}

interface Run {
  readonly outcome: Outcome
  readonly project: VitestProject
  readonly complaints: readonly string[]
}

async function run(major: Major, provider: string, tracing?: string): Promise<Run> {
  const project = configured(major)
  const coverage = ['enabled', `provider=${provider}`, 'reporter=json', 'reportOnFailure', 'include=src/**']
  const args = [
    ...coverage.map((option) => `--coverage.${option}`),
    '--reporter=json',
    '--outputFile=run.json',
  ]
  if (tracing !== undefined) args.push('--reporter=tstrace')
  const { status, stderr } = await project.vitest(args, { env: { TSTRACE: tracing ?? '' } })
  const json = (path: string) => JSON.parse(project.read(path).replaceAll(project.folder, ''))
  const outcome = {
    status,
    tests: endsOf(json('run.json').testResults),
    errors: errorsIn(stderr),
    coverage: json('coverage/coverage-final.json'),
    snapshots: readdirSync(join(project.folder, 'test/__snapshots__')),
  }
  return { outcome, project, complaints: stderr.split('\n').filter((line) => line.startsWith('tstrace:')) }
}

interface TestFileResult {
  readonly name: string
  readonly status: string
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
}

/** In an order of their own, since test files run beside each other. Stacks are those of the code that Vite has made, in pages. */
function endsOf(results: readonly TestFileResult[]): string[] {
  return results
    .map(({ assertionResults, name, status }) => {
      const ends = assertionResults.map((test) => `${test.fullName}: ${test.status}`)
      return `${name} ${status}: ${ends.join(', ')}`
    })
    .sort()
}

function errorsIn(stderr: string): string[] {
  const [, ...errors] = stderr.split(/^ FAIL {2}/m)
  return errors.map((error) => error.split(/^⎯/m)[0] ?? '').sort()
}

/** In Node, in jsdom and in each browser as much runs of it. */
function cartListing(times: number): string {
  const n = (count: number): string => `${count * times}: `.padStart(7)
  return `       export interface Item {
         readonly name: string
         readonly price: number
       }
       
${n(2)}export class Cart {
${n(4)}  readonly items: Item[] = []
       
${n(2)}  add(item: Item): this {
${n(5)}    if (item.price < 0) throw new RangeError(\`\${item.name} costs \${item.price}\`)
${n(4)}    this.items.push(item)
${n(4)}    return this
         }
       
${n(2)}  get total(): number {
${n(2)}    let sum = 0
${n(5)}    for (const { price } of this.items) sum += price
${n(2)}    return sum
         }
       }
       
${n(2)}export async function loaded(items: readonly Item[]): Promise<Cart> {
${n(1)}  const cart = new Cart()
${n(2)}  for (const item of items) {
${n(1)}    await Promise.resolve()
${n(1)}    cart.add(item)
         }
${n(1)}  return cart
       }
`
}

/** Older ones have browser-shared, coverage by Istanbul too, and browser-losses. */
const RUNNING = IS_WHOLE ? majorsOf(BROWSERS) : [NEWEST]

/** The one that looks at what ran from without. */
const PROVIDERS = IS_WHOLE ? (['istanbul', 'v8'] as const) : (['v8'] as const)

// In Vitest 3 V8 says another number with calls, see docs/guides/browser.md.
test.each(
  rowsOf({ major: RUNNING, provider: PROVIDERS }, 1, (row) => row.major !== 3 || row.provider !== 'v8'),
)(
  'Vitest $major: what runs in browsers, in jsdom and in Node adds up, is kept apart on request, and all else is as without tracing, coverage by $provider too',
  async ({ major, provider }) => {
    const [plain, { complaints, outcome, project }] = await Promise.all([
      run(major, provider),
      run(major, provider, '--trackcalls --listfuncs --contexts test --label provider=one'),
    ])
    expect(outcome).toEqual(plain.outcome)
    expect(outcome.status).toBe(1)
    expect(complaints).toEqual([])
    const pages = namesFor(major).length
    expect(project.read('coverage/tstrace/src/cart.cover')).toBe(cartListing(2 + pages))
    const n = (count: number): string => `${count}: `.padStart(7)
    // The original of a module with spies; a test file that cannot be imported, and hooks behind one that times out.
    expect(project.read('coverage/tstrace/src/rates.cover')).toContain(`${n(pages)}  return country === 'at'`)
    expect(project.read('coverage/tstrace/src/steps.cover')).toContain(`${n(2 * pages)}  return 'early'`)
    expect(project.read('coverage/tstrace/src/steps.cover')).toContain(`${n(pages)}  return 'late'`)
    expect(project.read('coverage/tstrace/functions.txt')).toContain(
      'modulename: src.shown, funcname: shown.map(…)',
    )
    const calls = project.read('coverage/tstrace/calls.txt')
    expect(calls).toContain('    test.shown.test.test("shows a list") -> src.shown.shown\n')
    expect(calls).toContain('    src.shown.shown -> src.rates.rate\n')
    expect(calls).toContain('    test.broken.test.<module> -> src.steps.early\n')
    const { stdout } = await runCommand({
      program: TSTRACE,
      args: ['tests', 'src/cart.ts:23', '--label', 'provider=one'],
      folder: project.folder,
      options: {},
    })
    const projects = ['node', 'jsdom', ...namesFor(major)]
    expect(stdout).toContain(
      `src/cart.ts:23 ran ${projects.length} times, in 1 test of ${projects.length} projects.\n`,
    )
    for (const name of projects) expect(stdout).toContain(`  1  [${name}] test/cart.test.ts:9 > loads\n`)
  },
)
