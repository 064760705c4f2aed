import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CoverageResults } from '@tstrace/results'
import { readCountsFile } from '@tstrace/results/counts-file'
import { beforeAll, describe, expect, test } from 'vitest'
import { NODE_VERSION } from '../node.ts'
import { CHECKOUTS, type Checkout } from './shard-projects.ts'

/** What all runs of a runner have left behind. */
interface Runs {
  /** The checkout with everything in it. */
  readonly here: Checkout
  /** What the unsharded run printed. */
  readonly printed: string
}

const NO_REPORT = '--trackcalls --no-report'

/** The second shard runs in another checkout, and each shard's file is of another kind; Node 20 knows no zstd. */
const LAST = NODE_VERSION[0] === 20 ? 'shards/3.counts.gz' : 'shards/3.counts.zst'
const SHARDS = ['shards/1.counts', 'shards/2.counts.gz', LAST] as const

async function runsOf(checkout: () => Checkout): Promise<Runs> {
  const here = checkout()
  const elsewhere = checkout()
  const second = ['--shard=2/3']
  const asked = (file: string): string => `${NO_REPORT} --file ${file}`
  await Promise.all([
    here.tests(asked(SHARDS[0]), ['--shard=1/3']),
    elsewhere.tests(asked(SHARDS[1]), second),
  ])
  const [printed] = await Promise.all([
    here.tests('--listfuncs --trackcalls --file whole.counts'),
    elsewhere.tests(asked('again.counts'), second),
  ])
  elsewhere.write('src/price.ts', `// Dearer now.\n${here.read('src/price.ts')}`)
  await Promise.all([
    here.tests(asked(SHARDS[2]), ['--shard=3/3']),
    elsewhere.tests(asked('changed.counts'), second),
  ])
  const labelled = asked('labelled.counts')
  await here.tests(`${labelled} --label os=mac`, ['queue'])
  // One of the two has no test.
  for (const shard of ['--shard=1/2', '--shard=2/2'])
    await here.tests(`${labelled} --label os=linux`, [shard, '--passWithNoTests', 'weather'])
  for (const file of [SHARDS[1], 'again.counts', 'changed.counts'])
    copyFileSync(join(elsewhere.folder, file), join(here.folder, file))
  return { here, printed }
}

/** Everything that was counted, as it stands in a counts file, without what is said about the runs. */
function records({ read }: Checkout, file: string): string[] {
  return read(file)
    .split('\n')
    .filter((line) => /^(source|calls)\t/.test(line))
}

function listings({ folder, read }: Checkout, coverdir: string): Record<string, string> {
  const names = readdirSync(join(folder, coverdir), { recursive: true, encoding: 'utf8' })
  const covers = names.filter((name) => name.endsWith('.cover')).sort()
  return Object.fromEntries(covers.map((name) => [name, read(`${coverdir}/${name}`)]))
}

/** A merge that notices something: all the same, status 0; with `--strict`, status 1 and no file. */
async function noticed(here: Checkout, out: string, files: readonly string[]): Promise<string> {
  const loose = await here.tstrace('merge', ...files, '-o', out)
  expect({ status: loose.status, stdout: loose.stdout }).toEqual({ status: 0, stdout: '' })
  const strict = await here.tstrace('merge', '--strict', ...files, '-o', `strict-${out}`)
  expect(strict.status).toBe(1)
  expect(strict.stderr).toContain(loose.stderr.replace('tstrace: ', '').split('\n')[0])
  expect(existsSync(join(here.folder, `strict-${out}`))).toBe(false)
  const reported = await here.tstrace(
    '--report',
    '--strict',
    '-C',
    `cover-${out}`,
    ...files.flatMap((file) => ['-f', file]),
  )
  expect({ status: reported.status, stdout: reported.stdout }).toEqual({ status: 1, stdout: '' })
  expect(existsSync(join(here.folder, `cover-${out}`))).toBe(false)
  return loose.stderr
}

describe.each(Object.keys(CHECKOUTS))('%s', (name) => {
  let runs: Runs
  beforeAll(async () => {
    runs = await runsOf(CHECKOUTS[name] as () => Checkout)
  })

  test('shards, merged, are one run: count for count and edge for edge, each file once', async () => {
    const { here } = runs
    const { status, stderr } = await here.tstrace('merge', ...SHARDS.toReversed(), '-o', 'merged.counts')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(records(here, 'merged.counts')).toEqual(records(here, 'whole.counts'))
    const { counted, head } = readCountsFile(join(here.folder, 'merged.counts'))
    expect(head).toMatchObject({ project: 'market', base: '' })
    expect(head.runs.map(({ run, shard }) => `${run} ${shard}`).sort()).toEqual(['r 1/3', 'r 2/3', 'r 3/3'])
    expect(head.runs[0]?.runner).toMatch(name.toLowerCase().replace('vitest 3', 'vitest 3.2'))
    const edges = counted.get('')?.edges() ?? []
    expect(edges.some(({ callee, calls }) => callee.name === 'Stall.price' && calls === 3)).toBe(true)
    expect(edges.some(({ resumptions }) => resumptions > 0)).toBe(true)
  })

  test('their report is that of one run', async () => {
    const { here, printed } = runs
    const asked = ['--summary', '--missing', '--listfuncs', '--trackcalls', '-C', 'cover']
    const { status, stderr, stdout } = await here.tstrace('--report', '--file', 'shards/**/*', ...asked)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const parts = stdout.split(/(?=^lines {3}cov%|^functions called:|^calling relationships:)/m)
    expect(parts.map((part) => part.split(' ')[0]?.trim())).toEqual(['', 'functions', 'calling', 'lines'])
    for (const part of parts) expect(printed).toContain(part)
    expect(listings(here, 'cover')).toEqual(listings(here, 'coverage/tstrace'))
    expect(Object.keys(listings(here, 'cover'))).toHaveLength(3)
    expect(here.read('cover/results.json')).toBe(here.read('coverage/tstrace/results.json'))
  })

  test('a source that changed between shards is named, and its texts are kept apart', async () => {
    const { here } = runs
    const said = await noticed(here, 'changed-too.counts', [SHARDS[0], 'changed.counts', SHARDS[2]])
    expect(said).toMatch(/^tstrace: src\/price\.ts is not the same text everywhere: \w+ in changed\.counts, /)
    const ofPrice = records(here, 'changed-too.counts').filter((line) =>
      line.startsWith('source\t"src/price.ts"'),
    )
    expect(ofPrice).toHaveLength(2)
  })

  test('a missing shard is named', async () => {
    const { here } = runs
    const said = await noticed(here, 'two.counts', [SHARDS[0], SHARDS[2]])
    expect(said).toMatch(/^tstrace: Shard 2\/3 of the \w+ run r( in \S+)? is missing\.\n$/)
  })

  test('a shard without tests is none that is missing', async () => {
    const { here } = runs
    const merged = await here.tstrace('merge', '--strict', 'labelled.counts', '-o', 'sound.counts')
    expect(merged).toEqual({ status: 0, stdout: '', stderr: '' })
    const { head } = readCountsFile(join(here.folder, 'sound.counts'))
    expect(head.runs.map(({ label, shard }) => `${label} ${shard}`).sort()).toEqual([
      'os=linux 1/2',
      'os=linux 2/2',
      'os=mac ',
    ])
  })

  test('a shard that is there twice is named and counted once', async () => {
    const { here } = runs
    mkdirSync(join(here.folder, 'copies'))
    copyFileSync(join(here.folder, SHARDS[0]), join(here.folder, 'copies/one.counts'))
    const said = await noticed(here, 'twice.counts', [...SHARDS, 'copies', 'again.counts'])
    expect(said.split('\n').sort()).toEqual([
      '',
      expect.stringMatching(
        /^tstrace: shards\/1\.counts has shard 1\/3 of the \w+ run r( in \S+)?, which copies\/one\.counts has as well: shards\/1\.counts is left out\.$/,
      ),
      expect.stringMatching(
        /shards\/2\.counts\.gz has shard 2\/3 of the \w+ run r( in \S+)? once more than again\.counts/,
      ),
    ])
    expect(records(here, 'twice.counts')).toEqual(records(here, 'whole.counts'))
  })

  test('runs with different labels are kept apart, and reported apart on request', async () => {
    const { here } = runs
    const { counted } = readCountsFile(join(here.folder, 'labelled.counts'))
    expect([...counted.keys()].sort()).toEqual(['os=linux', 'os=mac'])
    const merged = await here.tstrace('merge', 'labelled.counts', ...SHARDS, '-o', 'with-labels.counts')
    expect(merged).toEqual({ status: 0, stdout: '', stderr: '' })
    const asked = ['--report', '--summary', '-C', 'labels', '--file', 'with-labels.counts']
    const linux = await here.tstrace(...asked, '--label', 'os=linux')
    expect(linux.stdout).toContain(
      'lines   cov%   module   (path)\n    3   100%   src.weather   (src/weather.ts)\n',
    )
    expect(linux.stdout).not.toContain('src.stall')
    const mac = await here.tstrace(...asked, '--label', 'os=mac')
    expect(mac.stdout).toContain('src.stall')
    const all = await here.tstrace(...asked, '-C', 'all')
    expect(all.stdout).toContain('src.stall')
    const sum = new CoverageResults()
    for (const part of [counted.get('os=linux'), counted.get('os=mac')]) if (part) sum.update(part)
    expect(sum.sources().find(({ path }) => path === 'src/weather.ts')?.counts[0]).toBe(2)
  })
})
