import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import { expect, test } from 'vitest'
import { root } from './workspace.ts'

/** Where what an extension means is said, once. */
const HOME = 'packages/instrument/src/source-file/source-kind.ts'

/** What Node tries for a specifier of `require`: its own list, of which sources are a part. */
const OF_NODE = "packages/node/src/load/typescript-places.ts: '.js'"

const SOURCES = ['a.js', 'a.jsx', 'a.mjs', 'a.cjs', 'a.ts', 'a.tsx', 'a.mts', 'a.cts', 'a.d.ts'].map(
  (name) => `/shop/src/${name}`,
)
const OTHER = '/shop/src/a.qqq'

/** Whether an expression tells sources from other files, whatever way it is written. */
function tellsSources(pattern: string, flags: string): boolean {
  let expression: RegExp
  try {
    expression = new RegExp(pattern, flags)
  } catch {
    return false
  }
  const matches = (path: string): boolean => path.search(expression) >= 0
  return SOURCES.some((path) => matches(path) !== matches(OTHER))
}

/** The tests of extensions in a text: expressions, also as strings, and strings that are one. */
function testsOfExtensions(file: string, text: string): string[] {
  const found: string[] = []
  const note = (source: { start: number; end: number }): void => {
    found.push(`${file}: ${text.slice(source.start, source.end)}`)
  }
  new Visitor({
    Literal(node) {
      if ('regex' in node) {
        if (tellsSources(node.regex.pattern, node.regex.flags)) note(node)
      } else if (typeof node.value === 'string') {
        const isPattern = node.value.includes('\\.') && tellsSources(node.value, '')
        if (isPattern || /^\.(d\.)?[cm]?[jt]sx?$/.test(node.value)) note(node)
      }
    },
    TemplateElement(node) {
      const text = node.value.cooked ?? ''
      if (text.includes('\\.') && tellsSources(text, '')) note(node)
    },
    CallExpression(node) {
      const { arguments: given, callee } = node
      const [first] = given
      const isEnd =
        callee.type === 'MemberExpression' &&
        callee.property.type === 'Identifier' &&
        callee.property.name === 'endsWith'
      if (isEnd && first?.type === 'Literal' && /^[cm]?[jt]sx?$/.test(String(first.value))) note(node)
    },
  }).visit(parseSync(file, text).program)
  return found
}

test('what the extension of a source means is asked of one table', () => {
  const files = globSync('packages/*/src/**/*.*ts', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
  expect(files).toContain(HOME)
  const found = files.flatMap((file) => testsOfExtensions(file, readFileSync(join(root, file), 'utf8')))
  expect(found.filter((one) => !one.startsWith(HOME))).toEqual([OF_NODE])
  expect(found.length).toBeGreaterThan(8)
})

test.each([
  ["path.endsWith('.d.ts')", "'.d.ts'"],
  ["path.endsWith('ts')", "path.endsWith('ts')"],
  ['/\\.[cm]?[jt]sx?$/.test(path)', '/\\.[cm]?[jt]sx?$/'],
  ['/\\.([cm]?ts|[jt]sx)$/.exec(path)', '/\\.([cm]?ts|[jt]sx)$/'],
  ['/\\.m[jt]s$/u.test(path)', '/\\.m[jt]s$/u'],
  ["new RegExp('\\\\.[cm]?jsx?$')", "'\\\\.[cm]?jsx?$'"],
  ["extname(path) === '.tsx'", "'.tsx'"],
  ["new Set(['.vue', '.mjs'])", "'.mjs'"],
])('%s is such a test', (code, test) => {
  expect(testsOfExtensions('a.ts', code)).toEqual([`a.ts: ${test}`])
})

test.each([
  '/\\.\\w+$/',
  '/\\.(json|node|wasm)$/',
  '/[\\\\/]node_modules[\\\\/]/',
  "'./guest.cjs'",
  "name.endsWith('.open')",
])('%s is none', (code) => {
  expect(testsOfExtensions('a.ts', code)).toEqual([])
})
