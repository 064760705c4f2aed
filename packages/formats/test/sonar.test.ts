import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { sonar } from '../src/sonar.ts'
import { inputOf, TWO, textOf } from './counted.ts'

const SCHEMA = readFileSync(new URL('./sonar-generic-coverage.xsd', import.meta.url), 'utf8')

/** What libxml2 has against a document. */
async function errorsIn(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'a.xml', contents: xml }], schema: [SCHEMA] })
  return errors.map(({ message }) => message)
}

test('the document is valid, and says of each executable line whether it ran', async () => {
  const text = textOf(sonar(inputOf(TWO)))
  expect(text).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<coverage version="1">
  <file path="src/half.js">
    <lineToCover lineNumber="1" covered="true"/>
    <lineToCover lineNumber="2" covered="true" branchesToCover="2" coveredBranches="1"/>
    <lineToCover lineNumber="4" covered="true"/>
  </file>
  <file path="src/never.js">
    <lineToCover lineNumber="1" covered="true"/>
    <lineToCover lineNumber="4" covered="true"/>
    <lineToCover lineNumber="5" covered="false"/>
    <lineToCover lineNumber="7" covered="true"/>
  </file>
</coverage>
`)
  expect(await errorsIn(text)).toEqual([])
})

test('the schema refuses another document', async () => {
  const text = textOf(sonar(inputOf(TWO)))
  expect(await errorsIn(text.replace('lineNumber="1"', 'lineNumber="0"'))).not.toEqual([])
  expect(await errorsIn(text.replace('covered="true"', 'covered="yes"'))).not.toEqual([])
})

test('hostile paths are paths, or left out', async () => {
  const paths = ['a"><evil b="', 'a & <b>', 'new\nline', 'tab\tand \u{1F600}', 'bell\u0007']
  const input = inputOf(paths.map((path) => ({ path: `${path}.js`, text: 'f()\n', counts: () => 1 })))
  const { problems } = sonar(input)
  expect(problems).toEqual([
    "SonarQube's coverage cannot hold bell\\x07.js: XML has no way to write a control character that is in its path.",
  ])
  const text = textOf(sonar(input))
  expect(await errorsIn(text)).toEqual([])
  const { normalized } = await validateXML({
    xml: [{ fileName: 'a.xml', contents: text }],
    schema: [SCHEMA],
    normalization: 'c14n',
  })
  expect([...normalized.matchAll(/ path="([^"]*)"/g)].map(([, path]) => path)).toEqual([
    'a &amp; &lt;b>.js',
    'a&quot;>&lt;evil b=&quot;.js',
    'new&#xA;line.js',
    'tab&#x9;and \u{1F600}.js',
  ])
})
