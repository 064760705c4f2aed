import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Ended, folderWith, run, tstrace } from '../e2e/cli-command/tstrace-command.ts'
import { REPOSITORY } from '../e2e/install.ts'
import { jestProject } from '../e2e/jest-project.ts'
import { NEWEST, vitestProject } from '../e2e/vitest-project.ts'
import { commandsIn, forgeries } from './forgeries.ts'
import { changeRun, writeCounts } from './hostile-counts.ts'
import { FIRST, INSIDE, LINES, NAMES, SHORT } from './hostile-texts.ts'
import { howMany } from './how-many.ts'

const quoted = (text: string): string => JSON.stringify(text)

/** A module whose every name is hostile, and whose text is. */
function hostileSource(name: string): string {
  return `export const table = { // ${FIRST} ${INSIDE} \u202e
  ${quoted(name)}() { return 1 },
  [${quoted(`computed ${name}`)}]: () => {
    return '##[error]text'
  },
  \\u0061bc: function () {
    return '\u001b[31m\u2066'
  },
}
export class Named { static ${quoted(name)} = () => { return 2 } }
table[${quoted(name)}](); table[${quoted(`computed ${name}`)}](); table.abc(); Named[${quoted(name)}]()
`
}

/** Files by hostile names in folders of hostile names. */
function hostileSources(names: readonly string[] = NAMES): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`src/${name}/${name}.mjs`, hostileSource(name)]))
}

/** All that a process printed has nothing in it that forges something, and has something of each text. */
function expectHarmless(
  { stderr, stdout }: Pick<Ended, 'stderr' | 'stdout'>,
  ...shown: readonly RegExp[]
): void {
  expect([...forgeries(stdout), ...forgeries(stderr)]).toEqual([])
  for (const pattern of shown) expect(stdout + stderr).toMatch(pattern)
}

test('what forges is found', () => {
  for (const name of NAMES) expect(forgeries(name)).not.toEqual([])
  expect(forgeries('tstrace: a::b, # [c], ## [d]\n\tdone\r\n')).toEqual([])
  for (const line of ['::error::', ' \t::set-output name=a::', '##[group]', 'a ##VSO[b', '##teamcity[']) {
    expect(commandsIn(line)).toEqual([line])
  }
  for (const character of '\u001b\u009b\u0007\r\u2028\u2029\u0085\u202a\u202e\u2066\u2069\u200e\u200f\u061c')
    expect(forgeries(`a${character}b`)).toHaveLength(1)
})

describe('the command', () => {
  test('a program with lines, lists, verdicts and a counts file', async () => {
    const configured = `configured ${INSIDE}`
    const paths = [`${configured}/a.ts`, ...NAMES.map((name) => `src/${name}/${name}.mjs`)]
    const program = `import { pathToFileURL } from 'node:url'
for (const path of ${JSON.stringify(paths)}) await import(pathToFileURL(path))
`
    const folder = folderWith({
      ...hostileSources(),
      [FIRST]: '',
      [`${FIRST}.mjs`]: program,
      [`${configured}/a.ts`]: 'export enum A { B }\n',
      [`${configured}/tsconfig.json`]: JSON.stringify({ extends: `./${LINES}` }),
    })
    const counts = ['-f', `${FIRST}.counts`]
    const filters = ['--include', INSIDE, '--exclude', LINES, '--ignore-dir', LINES, '--ignore-module', LINES]
    const [live, lists, unmatched] = await Promise.all([
      tstrace(folder, ['-tcs', '--debug', '-R', ...counts, `${FIRST}.mjs`]),
      tstrace(folder, ['-lT', '--debug', `${FIRST}.mjs`]),
      tstrace(folder, ['-cs', ...filters, '-C', FIRST, `${FIRST}.mjs`]),
    ])
    expectHarmless(live, /\\x1b\[31m/, /funcname: \S*two\\n/, /\\x3a:error::one\\x1b\[31m\.mjs\(1\)/)
    expectHarmless(lists, /TstraceWarning: \S*configured x \\x23#vso\[/)
    expectHarmless(lists, /functions called:/, /calling relationships:/, /traced .*two\\n/)
    expectHarmless(unmatched, /`exclude`/, /`ignoreDir`/, /`ignoreModule`/, /Cannot write/)
    const report = await tstrace(folder, ['-rs', ...counts, '-C', 'out'])
    expectHarmless(report, /two\\n/, /lines {3}cov%/)
  })

  test.each([
    ['no such program', ['-c', LINES]],
    ['no such program that could begin a line', ['-c', `${FIRST}x`]],
    ['no such module', ['-c', '--module', LINES]],
    ['unknown options', ['-c', `--${LINES}`, FIRST]],
    ['a value too many', ['-c', `--timing=${LINES}`, 'a.mjs']],
    ['a label that is none', ['-c', '--label', LINES, 'a.mjs']],
    ['no such counts file', ['-r', '-f', LINES]],
    ['no such label', ['-r', '-f', 'all.counts', '--label', `a=${INSIDE}`]],
    ['no such file to merge', ['merge', LINES, '-o', 'b']],
    ['no place to merge into', ['merge', 'all.counts', '-o', LINES]],
    ['no such file to explain', ['explain', LINES]],
    ['a file that cannot be parsed', ['explain', `${FIRST}.js`]],
    ['a file to explain', ['explain', `${INSIDE}.mjs`]],
  ])('%s', async (_, words) => {
    const folder = folderWith({
      'a.mjs': '',
      [`${FIRST}.js`]: 'const a = )\n',
      [`${INSIDE}.mjs`]: `const a = 1 // ${INSIDE} \u202e\r\n${hostileSource('f')}`,
      [`${LINES}/x`]: '',
    })
    writeCounts(join(folder, 'all.counts'), {})
    expectHarmless(await tstrace(folder, words), /\\x1b|\\n::|\\x23#|x3a|error/)
  })

  test('counts files whose every text is hostile', async () => {
    const folder = folderWith({ [`${LINES}.counts`]: `no counts file ${LINES}\n` })
    const texts = {
      run: SHORT,
      commit: SHORT,
      runner: SHORT,
      label: `os=${SHORT}`,
      losses: SHORT,
      shard: '1/3',
    }
    writeCounts(join(folder, `${FIRST}.counts`), texts)
    writeCounts(join(folder, 'of-another-commit.counts'), { ...texts, commit: `${SHORT}2`, shard: '2/3' })
    writeCounts(join(folder, 'of-another-project.counts'), texts, SHORT)
    const refused = join(folder, 'refused.counts')
    writeCounts(refused, texts)
    // Nobody writes such a run.
    changeRun(refused, { run: LINES })
    const [report, merge, strict, labels] = await Promise.all([
      tstrace(folder, ['-rs', '-lT', '-f', '.', '-C', 'out']),
      tstrace(folder, ['merge', '.', '-o', 'sum.counts']),
      tstrace(folder, ['merge', '.', '-o', 'sum.counts', '--strict']),
      tstrace(folder, ['-r', '-f', `${FIRST}.counts`, '--label', 'a=b']),
    ])
    expectHarmless(report, /error::one\\x1b\[31m/, /two\\n/, /calling relationships/, /has lost counts: /)
    expectHarmless(report, /different commits/, /is of the project /, /is not a short line/, /Shard 3\/3 of/)
    for (const list of ['functions.txt', 'calls.txt'])
      expectHarmless({ stdout: readFileSync(join(folder, 'out', list), 'utf8'), stderr: '' }, /two\\n/)
    expectHarmless(merge, /two\\n/)
    expectHarmless(strict, /Nothing was written/)
    expectHarmless(labels, /has the label/)
  })

  test('errors and sentences of the programming interface', async () => {
    const folder = folderWith({
      'api.mjs': `import { CoverageResults, Trace } from ${quoted(import.meta.resolve('tstrace'))}
for (const make of [
  () => new CoverageResults(${quoted(LINES)}),
  () => new Trace({ ${quoted(FIRST)}: 1 }),
  () => new Trace({ include: [''] , file: { toJSON: () => ${quoted(LINES)} } }),
  () => new CoverageResults({ sources: [{ path: ${quoted(LINES)}, hash: 'a', sites: 1, counts: [] }] }),
])
  try { make(); console.log('nothing thrown') } catch (error) { console.log(error.message) }
`,
    })
    const said = await run(folder, ['api.mjs'])
    expectHarmless(said, /two\\n/)
    expect(said.stdout).not.toContain('nothing thrown')
  })
})

/** Reporters that show only what tstrace says: what runners print of hostile names is theirs. */
const QUIET = 'export default class { onInit() {} }\n'

/** Names that the module systems of runners take: they read `?`, `#` and line breaks of a path in their own ways. */
const RUNNER_NAMES = [FIRST, 'two\u202e\u2066\u200f\u061c\u009b31m\u0007']

const TITLES = NAMES.map(
  (name) => `describe(${quoted(name)}, () => { test(${quoted(`t ${name}`)}, () => {}) })\n`,
)

function hostileTests(imports: string): string {
  const names = RUNNER_NAMES.map((name) => `import ${quoted(`../src/${name}/${name}.mjs`)}\n`)
  return `${imports}${names.join('')}${TITLES.join('')}`
}

describe('Vitest', () => {
  const PROGRAM = join(REPOSITORY, 'node_modules/vitest/vitest.mjs')

  function vitest(files: Readonly<Record<string, string>>, env: Record<string, string>): Promise<Ended> {
    const { folder } = vitestProject(NEWEST, new URL('../e2e/trouble/fixtures/', import.meta.url))
    writeAll(folder, { 'quiet.mjs': QUIET, ...files })
    return run(folder, [PROGRAM, 'run', '--reporter=tstrace', '--reporter=./quiet.mjs'], { env })
  }

  test('sources, tests, projects', async () => {
    const projects = NAMES.map((name) => ({ test: { name, include: ['test/**'] } }))
    const config = `export default { test: { projects: ${JSON.stringify(projects)} } }\n`
    const files = {
      ...hostileSources(RUNNER_NAMES),
      'src/broken \u001b[31m.ts': 'export const a = )\n',
      'test/hostile.test.js': hostileTests("import { describe, test } from 'vitest'\n"),
      'test/broken.test.js': `import { test } from 'vitest'\ntest('t', () => import(${quoted('../src/broken \u001b[31m.ts')}).catch(() => {}))\n`,
      'vitest.config.mjs': config,
    }
    const ended = await vitest(files, {
      TSTRACE: '--trace=stdout --listfuncs --trackcalls --debug --full-lists',
    })
    expectHarmless(
      ended,
      /--- test: two ::error::b .*\\x23#\[error\]/,
      /modulename: \S*one\\x1b\[31m/,
      /traced .*\\u202e/,
      /is not counted/,
    )
  })

  test('options', async () => {
    const rows: Parameters<typeof vitest>[] = [
      [{ out: '' }, { TSTRACE: `-C "out/${LINES}" --include "${INSIDE}" -f "out/${FIRST}"` }],
      [{ 'tstrace.config.mjs': `throw new Error(${quoted(LINES)})\n` }, {}],
      [{}, { TSTRACE: `--${LINES.replaceAll(/\s/g, '')}` }],
      [{}, { TSTRACE: `"${LINES}"` }],
      [{}, { TSTRACE: `--label "${LINES}"` }],
      [{ 'tstrace.config.mjs': `export default { ${quoted(LINES)}: 1 }\n` }, {}],
      [{ 'tstrace.config.json': LINES }, {}],
    ]
    const tried = rows.slice(0, howMany({ short: 2, whole: rows.length }))
    const ended = await Promise.all(tried.map((row) => vitest(...row)))
    for (const one of ended) expectHarmless(one, /tstrace: .*(two\\n|::error|x3a|x23|\\u202e|x0d)/)
  })
})

describe('Jest', () => {
  const PROGRAM = join(REPOSITORY, 'node_modules/jest/bin/jest.js')

  function jest(
    files: Readonly<Record<string, string>>,
    env: Record<string, string>,
    config = {},
  ): Promise<Ended> {
    const { folder } = jestProject(30, new URL('../e2e/trouble/fixtures/', import.meta.url), {
      transform: { '\\.m?[jt]s$': '<rootDir>/esbuild-transformer.cjs' },
      moduleFileExtensions: ['js', 'mjs', 'ts'],
      testMatch: ['**/test/hostile.test.js', '**/test/broken.test.js'],
      reporters: ['tstrace/jest'],
      ...config,
    })
    writeAll(folder, { 'test/hostile.test.js': "test('t', () => {})\n", ...files })
    return run(folder, [PROGRAM, '-i'], { env })
  }

  test('sources, tests, projects', async () => {
    const broken = 'src/broken \u001b[31m.ts'
    const files = {
      ...hostileSources(RUNNER_NAMES),
      [broken]: 'export const a = )\n',
      'test/hostile.test.js': hostileTests(''),
      'test/broken.test.js': `test('t', () => { try { require(${quoted(`../${broken}`)}) } catch {} })\n`,
    }
    const env = { TSTRACE: '--trace=stdout --listfuncs --trackcalls --debug --full-lists' }
    const ended = await jest(files, env, { displayName: LINES })
    expectHarmless(
      ended,
      /--- test: two ::error::b .*\\x23#\[error\]/,
      /modulename: \S*one\\x1b\[31m/,
      /traced .*\\u202e/,
      /is not counted/,
    )
  })

  test('options', async () => {
    const rows: Parameters<typeof jest>[] = [
      [{ out: '' }, { TSTRACE: `-C "out/${LINES}" --include "${INSIDE}" -f "out/${FIRST}" --strict` }],
      [{}, {}, { reporters: [['tstrace/jest', { [LINES]: 1 }]] }],
      [{}, { TSTRACE: `--${LINES.replaceAll(/\s/g, '')}` }],
      [{ 'tstrace.config.mjs': `throw new Error(${quoted(LINES)})\n` }, {}],
    ]
    const tried = rows.slice(0, howMany({ short: 2, whole: rows.length }))
    const ended = await Promise.all(tried.map((row) => jest(...row)))
    for (const one of ended) expectHarmless(one, /tstrace: .*(two\\n|::error|x3a|x23|\\u202e|x0d)/)
  })
})

function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}
