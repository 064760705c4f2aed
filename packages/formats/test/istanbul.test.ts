import coverage from 'istanbul-lib-coverage'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { FORMATS, type FormatName } from '../src/format-table.ts'
import { istanbul } from '../src/istanbul.ts'
import { istanbulPackages } from '../src/istanbul-packages.ts'
import { istanbulReport } from '../src/istanbul-reports.ts'
import { inputOf, TWO, textOf } from './counted.ts'

/** Here are the packages that reports need. */
const ROOT = new URL('.', import.meta.url).pathname.replace(/\/$/, '')

const mapOf = (text: string): coverage.CoverageMap => coverage.createCoverageMap(JSON.parse(text))

async function made(name: FormatName, input = inputOf(TWO, { root: ROOT })): Promise<string> {
  const make = await FORMATS[name].load()
  return textOf(make(input))
}

test('Istanbul reads it, with the numbers of the listing', () => {
  const map = mapOf(textOf(istanbul(inputOf(TWO))))
  expect(map.files()).toEqual(['/project/src/half.js', '/project/src/never.js'])
  const half = map.fileCoverageFor('/project/src/half.js')
  expect(half.getLineCoverage()).toEqual({ 2: 3, 4: 1 })
  expect(half.b).toEqual({ 0: [3, 0] })
  expect(half.fnMap[0]).toMatchObject({ name: 'half', decl: { start: { line: 1, column: 9 } } })
  expect(half.f).toEqual({ 0: 3 })
})

test('Istanbul merges two of them: every number twice', () => {
  const text = textOf(istanbul(inputOf(TWO)))
  const map = mapOf(text)
  map.merge(mapOf(text))
  const half = map.fileCoverageFor('/project/src/half.js')
  expect(half.getLineCoverage()).toEqual({ 2: 6, 4: 2 })
  expect([half.f, half.b]).toEqual([{ 0: 6 }, { 0: [6, 0] }])
  expect(Object.keys(half.s)).toHaveLength(2)
})

test('what was counted with branches and without is one source, added up', () => {
  const [half] = TWO
  if (!half) throw new Error('there are two')
  const plain = { ...half, branches: false, counts: () => 1 }
  const [file] = Object.values(JSON.parse(textOf(istanbul(inputOf([half, plain])))))
  expect(file).toMatchObject({ s: { 0: 4, 1: 2 }, f: { 0: 4 }, b: { 0: [3, 0] } })
})

test('where nobody has the text, or it is no script, the lines of the table are the statements', () => {
  const [file] = Object.values(JSON.parse(textOf(istanbul(inputOf(TWO, { source: () => undefined })))))
  expect(file).toMatchObject({ s: { 0: 1, 1: 3, 2: 1 }, f: { 0: 3 }, b: { 0: [3, 0] } })
})

test.each<[FormatName, string[]]>([
  [
    'cobertura',
    ['filename="src/half.js"', '<line number="2" hits="3" branch="true" condition-coverage="50% (1/2)"/>'],
  ],
  ['clover', ['name="half.js"', '<line num="2" count="3" type="cond" truecount="1" falsecount="1"/>']],
])('%s is well-formed and has the numbers', async (name, texts) => {
  const xml = await made(name)
  for (const text of texts) expect(xml).toContain(text)
  // Without its grammar, which is on a server.
  const contents = xml.replace(/<!DOCTYPE[^>]*>/, '')
  expect((await validateXML({ xml: [{ fileName: 'a.xml', contents }], schema: [ANY] })).errors).toEqual([])
})

/** Any element, so that it is well-formed XML which is checked. */
const ANY = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="coverage"><xs:complexType>
<xs:sequence><xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
<xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>`

test('Cobertura is valid by its grammar', async () => {
  const xml = (await made('cobertura')).replace(/<!DOCTYPE[^>]*>/, '')
  expect(await problemsByGrammar(xml)).toEqual([])
  for (const wrong of [
    xml.replace(/(<line number="\d+") hits="\d+"/, '$1'),
    xml.replace('<packages>', '<packages><class/>'),
  ])
    expect(await problemsByGrammar(wrong)).toHaveLength(1)
})

async function problemsByGrammar(contents: string): Promise<string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'a.xml', contents }], schema: [COBERTURA] })
  return errors.map(({ message }) => message)
}

/** An element of Cobertura: what is in it, and its attributes, `?` behind those that may be missing. */
function element(name: string, inside: string, attributes = ''): string {
  const declared = attributes.split(' ').filter(Boolean)
  const uses = declared.map((text) => {
    const use = text.endsWith('?') ? 'optional' : 'required'
    return `<xs:attribute name="${text.replace('?', '')}" use="${use}"/>`
  })
  const content = inside === '' ? '' : `<xs:sequence>${inside}</xs:sequence>`
  return `<xs:element name="${name}"><xs:complexType>${content}${uses.join('')}</xs:complexType></xs:element>`
}

function some(name: string): string {
  return `<xs:element ref="${name}" minOccurs="0" maxOccurs="unbounded"/>`
}

const one = (name: string): string => `<xs:element ref="${name}"/>`

/** What the document type of version 04 says, which GitLab, Jenkins and others read. */
const COBERTURA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${[
  element(
    'coverage',
    `<xs:element ref="sources" minOccurs="0"/>${one('packages')}`,
    'line-rate branch-rate lines-covered lines-valid branches-covered branches-valid complexity version timestamp',
  ),
  element('sources', some('source')),
  '<xs:element name="source" type="xs:string"/>',
  element('packages', some('package')),
  element('package', one('classes'), 'name line-rate branch-rate complexity?'),
  element('classes', some('class')),
  element('class', one('methods') + one('lines'), 'name filename line-rate branch-rate complexity?'),
  element('methods', some('method')),
  // Istanbul says how often a method ran, and not how much of it.
  element('method', one('lines'), 'name signature hits? line-rate? branch-rate?'),
  element('lines', some('line')),
  element('line', some('conditions'), 'number hits branch? condition-coverage?'),
  element('conditions', some('condition')),
  element('condition', '', 'number type coverage'),
].join('')}</xs:schema>`

test('the other reports of Istanbul have its percentages', async () => {
  expect(await made('text')).toMatch(/half\.js +\| +100 \| +50 \| +100 \| +100 \| 2 /)
  expect(JSON.parse(await made('json-summary'))).toMatchObject({
    total: { lines: { total: 4, covered: 3 }, branches: { total: 2, covered: 1 } },
    [`${ROOT}/src/never.js`]: { functions: { total: 2, covered: 0 } },
  })
  expect(await made('teamcity')).toContain(
    "##teamcity[buildStatisticValue key='CodeCoverageAbsRTotal' value='2']",
  )
})

test.each<FormatName>(['cobertura', 'clover', 'text', 'json-summary', 'istanbul'])(
  '%s: hostile names are names',
  async (name) => {
    const text = `const it = (_, f) => f()\nit('</class> & "\\u0001', () => {\n  it\n})\n`
    const paths = ['a"><evil b="', 'a & <b>', 'new\nline', '##teamcity[x', '__proto__']
    const sources = paths.map((path) => ({ path: `src/${path}.js`, text, counts: () => 1 }))
    const written = await made(name, inputOf(sources, { root: ROOT }))
    if (/^c/.test(name)) {
      const contents = written.replace(/<!DOCTYPE[^>]*>/, '')
      const { errors } = await validateXML({ xml: [{ fileName: 'a.xml', contents }], schema: [ANY] })
      expect(errors).toEqual([])
      expect(written).not.toContain('<evil')
    } else if (name === 'text') {
      expect(written).toContain('new\\nline.js')
      expect(written).not.toContain('##teamcity')
    } else {
      const keys = Object.keys(JSON.parse(written)).filter((key) => key !== 'total')
      expect(keys).toHaveLength(paths.length)
    }
  },
)

test('names in XML are those of the disk once they are read, whoever has escaped them', async () => {
  const counted = { path: "src/R&D/it's <b>.js", text: 'f()\nfunction f() {}\n', counts: () => 1 }
  const input = inputOf([counted], { root: '/R & D' })
  const cobertura = attributesOf(await made('cobertura', input))
  expect(cobertura).toMatchObject({ filename: [counted.path], source: ['/R & D'] })
  expect(cobertura.name).toEqual(['main', "it's <b>.js", 'f'])
  const clover = attributesOf(await made('clover', input))
  expect(clover).toMatchObject({ path: [`/R & D/${counted.path}`], name: ['All files', "it's <b>.js"] })
})

/** Values of attributes by name, and what stands in `source`, as a reader of XML has them. */
function attributesOf(xml: string): Record<string, string[]> {
  const values: Record<string, string[]> = {}
  for (const [, name, inQuotes, inTag] of xml.matchAll(/(?:(\w+)="([^"]*)"|<source>(.*)<\/source>)/g)) {
    const text = (inQuotes ?? inTag ?? '')
      .replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(code))
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
    const of = name ?? 'source'
    values[of] = [...(values[of] ?? []), text]
  }
  return values
}

test('a report that is not installed names what to install', () => {
  expect(() => istanbulPackages('cobertura', ['/nowhere/package.json'])).toThrow(
    expect.objectContaining({ code: 'TST_FORMAT_PACKAGE', message: expect.stringContaining('npm install') }),
  )
})

test('a file that is too long for its reader is written, and said', () => {
  const limit = { bytes: 100, reader: 'GitLab' }
  const report = istanbulReport({ report: 'cobertura', file: 'a.xml', isXml: true, limit })
  const { files, problems } = report(inputOf(TWO, { root: ROOT }))
  expect(files).toHaveLength(1)
  expect(problems).toEqual([
    'a.xml has 0.0 MiB, and GitLab takes 0.0 MiB at most: run parts of the tests apart, each with its own file.',
  ])
})
