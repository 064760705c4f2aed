import { expect, test } from 'vitest'
import { instrument } from '../../src/instrument/instrument.ts'

function emitted(source: string): string {
  return instrument(source, { file: 'a.test.js', calls: true })?.code ?? source
}

const SENT = 'function go(a) { if (a) return one() }'

test.each([
  "await page.evaluate(function go(a) { if (a) return one() }, 'b')",
  "await this.page.mainFrame().locator('a').evaluateAll(function go(a) { if (a) return one() })",
  "await page.$$eval('li', (function go(a) { if (a) return one() }))",
  'await context.addInitScript(function go(a) { if (a) return one() })',
  'await browser.execute(function go(a) { if (a) return one() })',
  `new Blob([\`(\${function go(a) { if (a) return one() }})()\`])`,
  "new Blob(['(' + function go(a) { if (a) return one() } + ')()'])",
  'eval(String(function go(a) { if (a) return one() }))',
  'const text = (function go(a) { if (a) return one() }).toString()',
  'function go(a) { if (a) return one() }\nawait page.evaluate(go)',
  'export function go(a) { if (a) return one() }\nawait page.waitForFunction(go, 1)',
  "it('', () => { const go = function go(a) { if (a) return one() }\nreturn page.$eval('a, b', go) })",
])('a function whose text runs elsewhere keeps it: %s', (source) => {
  expect(emitted(source)).toContain(SENT)
  expect(emitted(source)).not.toBe(source)
})

test.each([
  ['what is called to give it', 'page.evaluate(made(() => one()))', '() => one()'],
  ['another method', 'runner.execute(() => one())', '() => one()'],
  ['a value in a tagged template', `styled.a\`\${() => one()}\``, '() => one()'],
  ['what gives the text', `text = \`\${list.map(() => one())}\``, '() => one()'],
  ['another function', 'function stay() { return one() }\npage.evaluate(go)', '{ return one() }'],
  ['whose text nobody takes', 'list.toString(() => one())', '() => one()'],
])('%s is counted as all else', (_, source, text) => {
  expect(emitted(source)).not.toContain(text)
})
