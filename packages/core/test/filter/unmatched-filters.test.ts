import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../results/test/temporary-folder.ts'
import { unmatchedFilters } from '../../src/filter/unmatched-filters.ts'

const NONE = { include: [], exclude: [], ignoreDir: [], ignoreModule: [] }

function project(): string {
  const root = temporaryFolder()
  mkdirSync(join(root, 'src/old.one'), { recursive: true })
  writeFileSync(join(root, 'src/a.b.ts'), '')
  writeFileSync(join(root, 'src/old.one/c.ts'), '')
  writeFileSync(join(root, 'src/style.css'), '')
  symlinkSync('src/old.one', join(root, 'linked'))
  mkdirSync(join(root, 'node_modules/.pnpm/dep/node_modules/dep'), { recursive: true })
  writeFileSync(join(root, 'node_modules/.pnpm/dep/node_modules/dep/index.js'), '')
  symlinkSync('.pnpm/dep/node_modules/dep', join(root, 'node_modules/dep'))
  return root
}

test.each([
  ['include', './src/**'],
  ['include', '../gone/**', ['../gone/a.ts']],
  ['include', 'linked/**'],
  ['include', 'linked/**', ['src/old.one/c.ts']],
  ['include', 'node_modules/dep/**', ['node_modules/.pnpm/dep/node_modules/dep/index.js']],
  ['include', 'node_modules/*/**', ['node_modules/.pnpm/dep/node_modules/dep/index.js']],
  ['exclude', '**/node_modules/**'],
  ['exclude', 'node_modules/gone/**'],
  ['exclude', 'src/a.*'],
  ['ignoreDir', 'src/old.one'],
  ['ignoreDir', '/'],
  ['ignoreModule', 'src'],
  ['ignoreModule', 'src.a.b'],
  ['ignoreModule', 'src.old.one'],
  ['ignoreModule', 'gone.a', ['gone/a.ts']],
])('nothing is said of %s %s', async (option, value, known: readonly string[] = []) => {
  expect(await unmatchedFilters({ root: project(), options: { ...NONE, [option]: [value] }, known })).toEqual(
    [],
  )
})

test.each([
  ['include', 'src', '"src" of `include` is a folder and matches no source. Everything in it is "src/**".'],
  [
    'exclude',
    './src/old.one/',
    '"./src/old.one/" of `exclude` is a folder and matches no source. Everything in it is "./src/old.one/**".',
  ],
  [
    'include',
    'li*/**',
    "`include` reaches what is in src/old.one/** only through a link, and sources are known by where they lie. Name it there: 'src/old.one/**'.",
  ],
  ...['node_modules/gone/**', 'node_modules/dep/lib/*.js', 'node_modules/dep/*.cjs'].map((glob) => [
    'include',
    glob,
    `The pattern "${glob}" of \`include\` matches no source. Patterns begin at <root>: "src/**", for instance.`,
  ]),
  ...['node_modules/dep/**', './node_modules/dep/index.js'].map((glob) => [
    'include',
    glob,
    `Nothing that was loaded matches the pattern "${glob}" of \`include\`.`,
  ]),
  [
    'include',
    'node_modules/d*/*.js',
    'Nothing that was loaded matches the pattern "node_modules/d*/*.js" of `include`. Packages that are links are known by where they lie, which only a name in front of the first wildcard leads to: "node_modules/<name>/**".',
  ],
  [
    'include',
    'scr/**',
    'The pattern "scr/**" of `include` matches no source. Patterns begin at <root>: "src/**", for instance.',
  ],
  [
    'include',
    'src/*.css',
    'The pattern "src/*.css" of `include` matches no source. Patterns begin at <root>: "src/**", for instance.',
  ],
  [
    'exclude',
    'a.b.ts',
    'The pattern "a.b.ts" of `exclude` matches no source. Patterns begin at <root>: "src/generated/**", for instance.',
  ],
  [
    'ignoreDir',
    'old',
    'The folder "old" of `ignoreDir` is not there. Name it by its path from <root>, or by its whole path; for patterns there is `exclude`.',
  ],
  [
    'ignoreDir',
    'src/a.b.ts',
    'The folder "src/a.b.ts" of `ignoreDir` is not there. Name it by its path from <root>, or by its whole path; for patterns there is `exclude`.',
  ],
  [
    'ignoreModule',
    'a',
    'The name "a" of `ignoreModule` is that of no source. Names are paths from <root> with dots and without extension: "src.generated" is everything in src/generated.',
  ],
])('of %s %s is said what to write', async (option, value, sentence) => {
  const root = project()
  const said = await unmatchedFilters({ root, options: { ...NONE, [option]: [value] }, known: [] })
  expect(said.map((one) => one.replace(root, '<root>'))).toEqual([sentence])
})

test('what a file leaves out need not be there, but the name of a folder is a mistake', async () => {
  const options = {
    include: ['scr/**'],
    exclude: ['**/*.gen.ts', 'src'],
    ignoreDir: ['old'],
    ignoreModule: ['a'],
  }
  const fromFile = new Set(Object.keys(options))
  const said = await unmatchedFilters({ root: project(), options, fromFile, known: [] })
  expect(said.map((one) => one.replace(/ matches no source.*/, ''))).toEqual([
    'The pattern "scr/**" of `include`',
    '"src" of `exclude` is a folder and',
  ])
})
