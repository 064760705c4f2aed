import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CoverageResults } from 'tstrace'
import { describe, expect, test } from 'vitest'
import { countedContexts } from '../contexts/counted-contexts.ts'
import { rowsOf } from '../matrix.ts'
import { ANY_MAJOR, type Major, majorsOf, type VitestProject, vitestProject } from '../vitest-project.ts'
import { COMPONENTS } from './where.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
/** Counted by hand. */
const LISTINGS = new URL('./listings/', import.meta.url)

const ROWS_OF_SUMMARY = [
  ...[
    'src.Counter',
    'src.Fails',
    'src.FailsToo',
    'src.Icon',
    'src.Macros',
    'src.Options',
    'src.Render',
    'src.Same.ts',
    'src.Same.vue',
  ],
  ...[
    'src.Tally',
    'src.Unloaded',
    'src.Validated',
    'src.a.Item',
    'src.b.Item',
    'src.outside.External',
    'src.outside.external',
  ],
  'src.state.svelte',
]

const EDGES = [
  'src.Counter.<template> -> src.Counter.computed(…)',
  'src.Counter.@click -> src.Counter.increase',
  'src.Counter.computed(…) -> src.Counter.double',
  'src.Tally.$derived(…) -> src.Tally.double',
  'src.Tally.onclick -> src.Tally.increase',
  'test.components.test.test("counts in Vue") -> src.Counter.@click',
  'test.components.test.test("counts in Vue") -> src.Counter.setup',
  'test.components.test.test("counts in Svelte") -> src.Tally.Tally',
]

interface Run {
  readonly status: number | null
  /** What Vitest says of the failures, with their stacks, and of the snapshots. */
  readonly failures: string
  readonly coverage: unknown
  readonly stdout: string
  readonly ours: readonly string[]
}

async function run(
  project: VitestProject,
  provider: string,
  args: readonly string[],
  TSTRACE = '',
): Promise<Run> {
  // Else V8's provider numbers the parts of a component, which are modules of their own, in the order in which they were ready.
  const inOrder = '--coverage.processingConcurrency=1'
  const coverage = ['--coverage.enabled', `--coverage.provider=${provider}`, inOrder]
  const all = [...coverage, '--reporter=default', ...args]
  const { status, stderr, stdout } = await project.vitest(all, { env: { TSTRACE } })
  const lines = stderr.split('\n')
  const files = JSON.parse(project.read('coverage/coverage-final.json')) as Record<string, { meta?: object }>
  // What the provider keeps for itself depends on which file it came to first.
  for (const file of Object.values(files)) delete file.meta
  return {
    status,
    failures: lines
      .filter((line) => !line.startsWith('tstrace:'))
      .join('\n')
      .trim(),
    ours: lines.filter((line) => line.startsWith('tstrace:')),
    coverage: files,
    stdout,
  }
}

/** Lines that no component has are those of the code with all counters, and so are the columns: `docs/guides/compilers.md`. */
const IN_ALL_CODE = /(?<= src\/\w+\.(?:vue|svelte):\d{3}):\d+/g

/** Blank at the end of a line is what a listing has for a line without text. */
function trimmed(listing: string): string {
  return listing.replace(/ +$/gm, '')
}

const BY_TEST = '--trackcalls --contexts test -f all.counts'

/** The titles of the tests that ran something of a component but its module, once the sum over all contexts is the total. */
function testsOf({ folder }: VitestProject, wanted: string): string[] {
  countedContexts(folder, 'all.counts')
  const results = new CoverageResults(join(folder, 'all.counts'), { root: folder })
  return results.contexts().flatMap((context) => {
    const own = results.of(context)
    const isRun = own
      .versions()
      .filter(({ path }) => path === wanted)
      .some(({ hash, path }) =>
        own.functions(path, hash).some(({ calls, name }) => calls > 0 && name !== '<module>'),
      )
    return isRun && context.kind === 'test' ? [context.titles.join(' > ')] : []
  })
}

/** V8's provider of Vitest 3 looks at ranges, not at statements: `docs/guides/vitest.md` says what differs. */
const ROWS = rowsOf(
  { major: majorsOf(COMPONENTS), provider: ['istanbul', 'v8'], tracing: ['', '--trackcalls'] },
  1,
  ({ major, provider }) => {
    return major !== 3 || provider === 'istanbul'
  },
)

describe.each(ROWS)(
  'Vitest $major, coverage by $provider, $tracing',
  ({ major, provider, tracing }: { major: Major; provider: string; tracing: string }) => {
    test('components are counted, and the outcome, stacks, snapshots and coverage stay', async () => {
      const project = vitestProject(major, FIXTURE)
      const plain = await run(project, provider, ['--update'])
      expect(plain.failures).toContain('size src/Fails.vue:')
      expect(plain.failures).toContain('size src/FailsToo.svelte:')
      project.write('tstrace.config.json', JSON.stringify({ include: ['src/**'], all: true }))
      const traced = await run(project, provider, ['--reporter=tstrace'], tracing)
      expect(traced.ours).toEqual([])
      const [failures, others] = [traced, plain].map((one) => one.failures.replace(IN_ALL_CODE, ''))
      expect(failures).toBe(others)
      const isInAllCode = provider === 'istanbul' && major !== 5
      expect(plain.failures.search(IN_ALL_CODE) !== -1).toBe(isInAllCode)
      expect(traced.status).toBe(1)
      expect(traced.coverage).toEqual(plain.coverage)
      const listings = readdirSync(LISTINGS)
      const found = listings.map((name) =>
        trimmed(project.read(`coverage/tstrace/src/${name.replace('+', '/')}`)),
      )
      expect(found).toEqual(listings.map((name) => readFileSync(new URL(name, LISTINGS), 'utf8')))
      const rows = [...traced.stdout.matchAll(/ {3}(src\.\S+) {3}\(/g)].map(([, name]) => name)
      expect(rows).toEqual(ROWS_OF_SUMMARY)
      // Calls lead through the markup; nothing else of what is counted changes.
      if (tracing === '') return
      // What nobody loads is in no context.
      project.write('tstrace.config.json', JSON.stringify({ include: ['src/**'] }))
      await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: BY_TEST } })
      expect(testsOf(project, 'src/Tally.svelte')).toEqual(['counts in Svelte'])
      expect(testsOf(project, 'src/Counter.vue')).toEqual(['counts in Vue'])
      for (const edge of EDGES) expect(project.read('coverage/tstrace/calls.txt')).toContain(`    ${edge}\n`)
    })
  },
)

const PAGE = readFileSync(new URL('../../../docs/reference/components.md', import.meta.url), 'utf8')

test('what the page about components shows is in their listings', () => {
  const shown = [...PAGE.matchAll(/^```text\n(.*?)^```$/gms)].map(([, text]) => text)
  expect(shown).toHaveLength(2)
  for (const [i, name] of ['Counter.cover', 'Tally.cover'].entries())
    expect(readFileSync(new URL(name, LISTINGS), 'utf8')).toContain(shown[i])
})

const PREPROCESSED = `import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte'
export default {
  plugins: [svelte({ preprocess: vitePreprocess({ script: true }) })],
  resolve: { conditions: ['browser'] },
  test: { environment: 'happy-dom' },
}
`
const CHAINED_TWICE = `import { flushSync, mount } from 'svelte'
import { expect, test } from 'vitest'
import Tally from '../src/Tally.svelte'
test('shows', () => {
  flushSync(() => mount(Tally, { target: document.body, props: { items: ['x'] } }))
  expect(document.body.textContent).toContain('x')
})
`

test.each(ANY_MAJOR)(
  'Vitest %i: a map that does not lead through a preprocessor is said, and not believed',
  async (major) => {
    const project = vitestProject(major, FIXTURE)
    project.write('vitest.config.mjs', PREPROCESSED)
    project.write('test/components.test.js', CHAINED_TWICE)
    const { status, stderr, stdout } = await project.vitest(['--reporter=tstrace'])
    expect(status).toBe(0)
    // The plugin for Vite 6 calls the preprocessed text the source; those after it apply the preprocessor's map twice.
    const where = major === 3 ? 'another text' : 'other words'
    expect(stderr).toMatch(/^tstrace: src\/Tally\.svelte ran untouched and is not counted: .*\n$/)
    expect(stderr).toContain(` leads to ${where}`)
    expect(stdout).not.toContain('src.Tally')
  },
)

const NAMED = `<script lang="ts">
  import Pair from './Pair.svelte';

  let { key: keyText, value: valueText }: { key: string; value: string } = $props();
</script>

<Pair>
  {#snippet key()}{keyText}{/snippet}
  {#snippet value()}{valueText}{/snippet}
</Pair>
`
const PAIR = `<script>
  let { key, value, sign = ': ' } = $props();
</script>

{@render key()}{sign}{@render value()}
`
const NAMED_TEST = `import { flushSync, mount } from 'svelte'
import { expect, test } from 'vitest'
import Named from '../src/Named.svelte'
test('hands on what it is given by other names', () => {
  const target = document.createElement('div')
  for (const [key, value] of [['a', 'b'], ['c', 'd']]) flushSync(() => mount(Named, { target, props: { key, value } }))
  expect(target.textContent).toContain('a: b')
})
`

test.each(ANY_MAJOR)(
  'Vitest %i: a component is counted of which little is left but an import that Vite has written anew',
  async (major) => {
    const project = vitestProject(major, FIXTURE)
    project.write('src/Named.svelte', NAMED)
    project.write('src/Pair.svelte', PAIR)
    project.write('test/components.test.js', NAMED_TEST)
    const { status, stderr } = await project.vitest(['--reporter=tstrace'])
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(trimmed(project.read('coverage/tstrace/src/Named.cover'))).toBe(`       <script lang="ts">
    1:   import Pair from './Pair.svelte';

    2:   let { key: keyText, value: valueText }: { key: string; value: string } = $props();
       </script>

       <Pair>
    2:   {#snippet key()}{keyText}{/snippet}
    2:   {#snippet value()}{valueText}{/snippet}
       </Pair>
`)
  },
)

/** Parts of the markup that end on lines of which no map speaks, and an expression whose parentheses have two places in it. */
const HANDED_ON = `<script lang="ts">
  import Pair from './Pair.svelte';

  let { key: keyText, value: valueText }: { key: string; value: string } = $props();

  const signOf = (kind: string): string | undefined =>
    ({
      ['a']: ': ',
      ['c']: ' = ',
    })[kind];
</script>

<Pair sign={signOf(keyText)} lengths={() => ({ key: keyText.length })}>
  {#snippet key()}{keyText}{/snippet}
  {#snippet value()}{valueText}{/snippet}
</Pair>
`
const HANDED_TO = `<script lang="ts">
  import type { Snippet } from 'svelte';
  interface Props {
    key: Snippet;
    value: Snippet;
    sign?: string;
    lengths: () => { key: number };
  }
  let { key, value, sign = ', ', lengths }: Props = $props();
</script>

{@render key()}{sign}{@render value()} {lengths().key}
`

const BY_STATEMENT = majorsOf(COMPONENTS).filter((major) => major !== 3)

test.each(rowsOf({ major: BY_STATEMENT, tracing: ['', '--trackcalls'] }, 2))(
  'Vitest $major: coverage by V8 of markup that is handed on is the same with tracing $tracing',
  async ({ major, tracing }) => {
    const project = vitestProject(major, FIXTURE)
    project.write('src/Named.svelte', HANDED_ON)
    project.write('src/Pair.svelte', HANDED_TO)
    project.write('test/components.test.js', NAMED_TEST)
    const plain = await run(project, 'v8', [])
    expect(plain.coverage).toEqual(
      expect.objectContaining({ [join(project.folder, 'src/Named.svelte')]: expect.anything() }),
    )
    const traced = await run(project, 'v8', ['--reporter=tstrace'], tracing)
    expect([plain.status, traced.status, traced.ours]).toEqual([0, 0, []])
    expect(traced.coverage).toEqual(plain.coverage)
  },
)
