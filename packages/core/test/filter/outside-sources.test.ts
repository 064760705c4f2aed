import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../results/test/temporary-folder.ts'
import { linkedSentences, outsideSentence } from '../../src/filter/outside-sources.ts'
import { createSourceFilter } from '../../src/filter/source-filter.ts'

const NONE = { include: [], exclude: [], ignoreDir: [], ignoreModule: [] }

test.each([
  ['a package beside the root', 'lib/src/a.ts', ['lib/package.json'], '../lib/**'],
  ['a package elsewhere', '../x/lib/src/a.ts', ['../x/lib/package.json'], '../../x/lib/**'],
  ['a folder of the package around the root', 'shared/deep/a.ts', ['package.json'], '../shared/**'],
  ['the folder of the package around the root', 'a.ts', ['package.json'], '../*'],
  ['a folder of the package far around the root', 'shared/a.ts', ['../package.json'], '../shared/**'],
  ['the parent of that', '../a.ts', ['../package.json'], '../../*'],
])('%s is named by a pattern that holds', (_what, file, manifests, pattern) => {
  const folder = join(temporaryFolder(), 'some')
  const root = join(folder, 'app')
  for (const path of [file, ...manifests]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), '{}')
  }
  const path = join(folder, file)
  const sentence = outsideSentence(root, path, createSourceFilter(root, NONE)(path))
  expect(sentence).toBe(
    `What was loaded from ${pattern} is not counted: it is outside the project root. ` +
      `Name it beside what is inside, with \`include\` or \`--include\`: '**' and '${pattern}'.`,
  )
  const include = ['**', pattern]
  expect(createSourceFilter(root, { ...NONE, include })(path).trace).toBe(true)
})

test.skipIf(process.platform === 'win32').each(['\\b.js', 'C:/d.js', 'a\\..\\b.js'])(
  'what no results can name is said: %j',
  (file) => {
    const path = `/some/app/${file}`
    const verdict = createSourceFilter('/some/app', NONE, posix)(path)
    expect(verdict.trace).toBe(false)
    const sentence = outsideSentence('/some/app', path, verdict)
    expect(sentence).toContain(
      `${JSON.stringify(file)} is not counted: no results can name it: its path from the root`,
    )
    expect(sentence).toContain('`exclude`')
    const excluded = createSourceFilter('/some/app', { ...NONE, ignoreDir: ['.'] }, posix)(path)
    expect(outsideSentence('/some/app', path, excluded)).toBeUndefined()
  },
)

test('nothing is said of what is traced, or not traced for another reason', () => {
  const filter = createSourceFilter('/shop', NONE)
  for (const path of ['/shop/a.ts', '/x/node_modules/a/a.ts', '/x/a.css'])
    expect(outsideSentence('/shop', path, filter(path))).toBeUndefined()
})

test('where a link leads is named by a pattern that holds', () => {
  const root = temporaryFolder()
  for (const path of ['package.json', 'main.js', 'lib/a.js']) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), '{}')
  }
  const paths = ['main.js', 'lib/a.js'].map((path) => join(root, path))
  const patterns = linkedSentences(root, 'include', paths).map(
    (said) => /Name it there: '(.*)'/.exec(said)?.[1],
  )
  expect(patterns).toEqual(['*', 'lib/**'])
  const filter = createSourceFilter(root, { ...NONE, include: patterns as string[] })
  for (const path of paths) expect(filter(path).trace).toBe(true)
})
