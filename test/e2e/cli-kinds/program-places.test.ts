import { mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, tstrace } from '../cli-command/tstrace-command.ts'
import { rowsOf } from '../matrix.ts'

const MAIN = "import './part.mjs'\nconsole.log('ran')\n"
const PART = 'export const part = 1\n'

/** Where a program is, and where it is started. */
interface Place {
  readonly what: string
  /** Folder of the program. */
  readonly at: string
  /** Folder it is started in. */
  readonly from: string
  readonly words: readonly string[]
  readonly files?: Readonly<Record<string, string>>
  /** Link to what. */
  readonly links?: Readonly<Record<string, string>>
  /** File with the text of the program. Default: `main.mjs`. */
  readonly name?: string
  /** Default: the program and what it loads. */
  readonly rows?: readonly string[]
}

const PLACES: readonly Place[] = [
  { what: 'in the folder itself', at: '.', from: '.', words: ['main.mjs'] },
  { what: 'in a folder below the package', at: 'src', from: 'src', words: ['main.mjs'] },
  { what: 'in a sub folder', at: 'src/deep', from: '.', words: ['src/deep/main.mjs'] },
  { what: 'in the parent folder', at: '.', from: 'src', words: ['../main.mjs'] },
  { what: 'in a sibling folder', at: 'tools', from: 'src', words: ['../tools/main.mjs'] },
  { what: 'in a sibling of the parent', at: 'a/b', from: 'c/d', words: ['../../a/b/main.mjs'] },
  { what: 'beside the folder, the package far above', at: 'p/q', from: 'p/q/r', words: ['../main.mjs'] },
  { what: 'with spaces in names', at: 'my src', from: 'my src', words: ['main.mjs'] },
  {
    what: 'with glob characters in names',
    at: '[a] (b)/{c}',
    from: '!x*',
    words: ['../[a] (b)/{c}/main.mjs'],
  },
  {
    what: 'with a percent sign and a hash in names',
    at: 'a#b/100%',
    from: 'c',
    words: ['../a#b/100%/main.mjs'],
  },
  {
    what: 'reached through a link to it',
    at: 'src',
    from: 'bin',
    words: ['go.mjs'],
    links: { 'bin/go.mjs': '../src/main.mjs' },
  },
  {
    what: 'reached through a link to its folder',
    at: 'real/src',
    from: 'linked',
    words: ['main.mjs'],
    links: { linked: 'real/src' },
  },
  {
    what: 'in a workspace package',
    at: 'packages/app',
    from: 'packages/lib',
    words: ['../app/main.mjs'],
    files: { 'packages/app/package.json': '{}', 'packages/lib/package.json': '{}' },
  },
  {
    what: 'a workspace package, called by its name',
    at: 'packages/app',
    from: '.',
    words: ['--module', 'app'],
    files: { 'packages/app/package.json': '{"name":"app","main":"main.mjs"}' },
    links: { 'node_modules/app': '../packages/app' },
  },
  {
    what: 'an installed package, called by its file',
    at: 'node_modules/app/lib',
    from: 'src',
    words: ['../node_modules/app/lib/main.mjs'],
  },
  {
    what: 'an installed command, called by its link',
    at: 'node_modules/@me/app/lib',
    from: 'src',
    words: ['../node_modules/.bin/app'],
    links: { 'node_modules/.bin/app': '../@me/app/lib/main.mjs' },
  },
  {
    what: 'with an extension that is none of a source',
    at: 'src',
    from: 'src',
    name: 'main.v2',
    words: ['main.v2'],
    rows: ['main'],
  },
  {
    what: 'without an extension',
    at: 'bin',
    from: 'src',
    name: 'main',
    words: ['../bin/main'],
    rows: ['main'],
  },
]

function modulesIn(stdout: string): string[] {
  return [...stdout.matchAll(/^ +\d+ +100% {3}(?:\S.*\.)?(main|part) {3}\(/gm)]
    .map(([, name = '']) => name)
    .sort()
}

const MANIFESTS: Readonly<Record<string, Record<string, string>>> = {
  'with a package.json': { 'package.json': '{}' },
  'without a package.json': {},
}

test.each(rowsOf({ what: PLACES.map(({ what }) => what), manifest: Object.keys(MANIFESTS) }, 1))(
  '$manifest, a program $what is counted with what is beside it',
  async ({ manifest, what }) => {
    const place = PLACES.find((one) => one.what === what) as Place
    const { at, files = {}, from, links = {}, name = 'main.mjs', rows = ['main', 'part'], words } = place
    const folder = folderWith({
      ...MANIFESTS[manifest],
      ...files,
      [join(at, name)]: rows.includes('part') ? MAIN : "console.log('ran')\n",
      [join(at, 'part.mjs')]: PART,
    })
    for (const [link, to] of Object.entries(links)) {
      mkdirSync(dirname(join(folder, link)), { recursive: true })
      symlinkSync(to, join(folder, link))
    }
    mkdirSync(join(folder, from), { recursive: true })
    const args = ['-cst', '-C', join(folder, 'out'), ...words]
    const { status, stderr, stdout } = await tstrace(join(folder, from), args)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(modulesIn(stdout)).toEqual(rows)
    expect(stdout).toMatch(/^main\.?\w*\(\d\): console\.log\('ran'\)$/m)
    const listings = readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' })
    expect(listings.filter((path) => path.endsWith('.cover'))).toHaveLength(rows.length)
  },
)
