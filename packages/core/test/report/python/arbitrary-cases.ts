import type { FunctionReference } from '@tstrace/results'
import fc from 'fast-check'
import type { ReportCase, ReportCaseFile } from './report-case.ts'

const pieces = fc.constantFrom(
  ...['x', ' ', '\t', '\t\t', '\r', '\n', '\r\n', '\n\n', 'run()', '#pragma NO COVER', '#pragma no cover'],
  ...[
    '# pragma NO COVER',
    'é',
    '\u{1f600}',
    '\u2028',
    '\u2029',
    '\f',
    '\v',
    '\x1c',
    '\x85',
    '\ufeff',
    '日本',
  ],
)
const arbitraryText = fc
  .tuple(fc.constantFrom('', '', '', '\ufeff'), fc.array(pieces, { maxLength: 40 }))
  .map(([mark, parts]) => mark + parts.join(''))

const arbitraryCount = fc.oneof(fc.constant(0), fc.nat(3), fc.nat(200_000), fc.nat(2 ** 40))

const names = [
  '<module>',
  'f',
  'F',
  'f2',
  'C.m',
  'get x',
  '__proto__',
  'é',
  '\u{1f600}',
  '\uffee',
  'it("a -> b")',
  '<anonymous:3>',
]

const part = fc.constantFrom(
  'a',
  'B',
  'b',
  'src',
  'x.y',
  '.h',
  'é',
  '\u{1f600}',
  '\uffee',
  '_',
  '-',
  '__proto__',
)
const arbitraryPath = fc
  .record({
    up: fc.constantFrom('', '', '', '../', '../../'),
    folders: fc.array(part, { maxLength: 3 }),
    base: part,
    extension: fc.constantFrom('.ts', '.tsx', '.mjs', '.test.ts', '.d.ts'),
  })
  .map(({ up, folders, base, extension }) => up + [...folders, base + extension].join('/'))

/** Files without clashes: what Python does with those we leave behind on purpose. */
function dotted(path: string): string {
  return path
    .replaceAll('/', '.')
    .replace(/^\.+/, '')
    .replace(/\.\w+$/, '')
}

function linesOf(text: string): number[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|[\r\n]/)
  return lines.flatMap((line, i) => (i === lines.length - 1 && line === '' ? [] : [i + 1]))
}

/** At least one line has run: Python knows of no other files. */
const arbitraryFile: fc.Arbitrary<ReportCaseFile> = fc
  .record({ path: arbitraryPath, text: arbitraryText.filter((text) => linesOf(text).length > 0) })
  .chain(({ path, text }) => {
    const functions = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.nat(2)), {
      selector: ([name]) => name,
    })
    const lines = fc.uniqueArray(fc.tuple(fc.constantFrom(...linesOf(text)), arbitraryCount), {
      selector: ([line]) => line,
      minLength: 1,
    })
    return fc.record({ path: fc.constant(path), text: fc.constant(text), lines, functions })
  })
  .map((file) => (file.lines.some(([, count]) => count > 0) ? file : { ...file, lines: withHit(file.lines) }))

function withHit(lines: ReportCaseFile['lines']): ReportCaseFile['lines'] {
  return lines.map(([line], i) => [line, i === 0 ? 1 : 0])
}

/** Any reports whose files have names of their own. */
export const arbitraryCase: fc.Arbitrary<ReportCase> = fc
  .uniqueArray(arbitraryFile, { selector: ({ path }) => dotted(path), maxLength: 4 })
  .chain((files) => {
    const place = fc.record({
      path: fc.constantFrom('z.ts', ...files.map(({ path }) => path)),
      name: fc.constantFrom(...names),
    })
    const loop: FunctionReference = { path: '', name: '<event loop>' }
    const caller = fc.oneof({ weight: 6, arbitrary: place }, fc.constant(loop))
    const edges = fc.uniqueArray(fc.tuple(caller, place), {
      selector: (edge) => JSON.stringify(edge),
      maxLength: 12,
    })
    return fc.record({ files: fc.constant(files), edges, missing: fc.constant(true) })
  })
