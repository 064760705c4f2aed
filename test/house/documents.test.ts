import { globSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { root, runCommand, temporaryTree } from './workspace.ts'

const pages = globSync('**/*.md', {
  cwd: root,
  exclude: (path) => /(^|\/)(node_modules|dist|\.turbo|runs|packed)$/.test(path),
})

/** The links of a page that lead nowhere: a file that is not there, or a heading that is not in it. */
function brokenLinks(folder: string, page: string): string[] {
  const text = readFileSync(join(folder, page), 'utf8')
  const links = [...text.replaceAll(/^```.*?^```$/gms, '').matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, link = '']) => link,
  )
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = '', heading] = link.split('#')
      const target = path ? resolve(folder, dirname(page), path) : join(folder, page)
      if (!statSync(target, { throwIfNoEntry: false })) return true
      return heading !== undefined && !headingsOf(readFileSync(target, 'utf8')).includes(heading)
    })
    .map((link) => `${page}: ${link}`)
}

/** Headings as the fragments that a link names them by. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test('every relative link leads somewhere', () => {
  expect(pages.length).toBeGreaterThan(8)
  expect(pages.flatMap((page) => brokenLinks(root, page))).toEqual([])
})

test('a broken link is found', () => {
  const folder = temporaryTree({
    'a.md':
      '# A title, `code`\n\n[b](b.md) [c](c/c.md#see-me) [self](#a-title-code) [out](https://example.org/x.md)\n',
    'c/c.md':
      '# See me\n\n[up](../a.md) [gone](gone.md) [head](../a.md#gone)\n\n```\n[not](a-link.md)\n```\n',
  })
  expect(brokenLinks(folder, 'a.md')).toEqual(['a.md: b.md'])
  expect(brokenLinks(folder, 'c/c.md')).toEqual(['c/c.md: gone.md', 'c/c.md: ../a.md#gone'])
})

test('every page below docs can be reached from its table of contents', () => {
  const contents = readFileSync(join(root, 'docs/README.md'), 'utf8')
  const below = pages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md')
  expect(below.filter((page) => !contents.includes(`(${page.slice('docs/'.length)})`))).toEqual([])
})

test('every published package has the licence and a README of its own', () => {
  const licence = readFileSync(join(root, 'LICENSE'), 'utf8')
  for (const name of readdirSync(join(root, 'packages'))) {
    expect(readFileSync(join(root, 'packages', name, 'LICENSE'), 'utf8')).toBe(licence)
    expect(pages).toContain(`packages/${name}/README.md`)
  }
})

const samples = pages.flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8')
  return [...text.matchAll(/^```ts\n(.*?)^```\n\n```text\n(.*?)^```$/gms)].map(
    ([, code = '', output = '']) => ({
      page,
      code,
      output,
    }),
  )
})

test.each(samples)('the sample of $page prints what it says', async ({ code, output }) => {
  const args = ['--input-type=module-typescript', '--eval', code]
  expect(await runCommand(process.execPath, args, { cwd: root })).toEqual({ status: 0, output })
})
