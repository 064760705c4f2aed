import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../../results/test/temporary-folder.ts'
import { loadConfigFile } from '../../src/options/load-config-file.ts'

/** What is said of a configuration file with this text; `<root>` is its folder. */
async function errorOf(text: string, patience?: number): Promise<{ code: string; message: string }> {
  const root = temporaryFolder()
  writeFileSync(join(root, 'tstrace.config.mjs'), text)
  const error = await loadConfigFile(root, patience === undefined ? {} : { patience }).then(
    (options) => ({ code: 'none', message: JSON.stringify(options) }),
    (thrown: unknown) => thrown as { code: string; message: string },
  )
  return { code: error.code, message: error.message.replaceAll(root, '<root>') }
}

test.each([
  ['an object', 'export default { count: false }', '{"count":false}'],
  ['a proxy that lets all through', 'export default new Proxy({ count: false }, {})', '{"count":false}'],
  [
    'an object without a prototype',
    'export default Object.assign(Object.create(null), { count: false })',
    '{"count":false}',
  ],
  ['what is awaited', 'export default await Promise.resolve({ count: false })', '{"count":false}'],
])('%s is read', async (_, text, options) => {
  expect(await errorOf(text)).toEqual({ code: 'none', message: options })
})

const CANNOT = '<root>/tstrace.config.mjs cannot be loaded'

test.each([
  ['a getter that throws', "export default { get count() { throw new Error('no') } }", ': no'],
  ['a proxy that throws', "export default new Proxy({}, { ownKeys() { throw new Error('no') } })", ': no'],
  ['an error', "throw new Error('no')", ': no'],
  ['an error of several lines', "throw new Error('no\\n::error::x')", ': no\\n::error::x'],
  ['a text that is thrown', "throw 'no'", ': no'],
  ['nothing that is thrown', 'throw undefined', ': undefined'],
  ['a symbol that is thrown', "throw Symbol('no')", ': Symbol(no)'],
  ['an object that is thrown', 'throw Object.create(null)', ': what was thrown cannot be shown'],
  ['an error that throws', 'throw { get message() { throw 1 } }', ': what was thrown cannot be shown'],
  [
    'a promise',
    'export default Promise.resolve({})',
    ': its default export is a promise, not an object. Write `await` in front of it.',
  ],
  [
    'a function',
    'export default () => ({})',
    ': its default export is a function, not an object. Export what it returns.',
  ],
  ['a list', 'export default []', ': its default export is of the class Array, not an object of options.'],
  [
    'a map',
    'export default new Map()',
    ': its default export is of the class Map, not an object of options.',
  ],
  ['a text', "export default '--count'", ": its default export is '--count', not an object of options."],
  ['nothing', 'export const count = true', ': it has no default export. Write `export default { … }`.'],
])('%s is TST_CONFIG', async (_, text, reason) => {
  const { code, message } = await errorOf(text)
  expect({ code, message }).toEqual({
    code: 'TST_CONFIG',
    message: expect.stringContaining(`${CANNOT}${reason}`),
  })
})

test('a file whose loading does not end is not waited for for ever', async () => {
  const { code, message } = await errorOf('await new Promise(() => {})\nexport default {}', 10)
  expect(code).toBe('TST_CONFIG')
  expect(message).toContain(`${CANNOT}: it is not loaded after 0.01 seconds`)
})

test('options with a value that is no option say what it is', async () => {
  const { code, message } = await errorOf('export default { coverdir: 10n }')
  expect({ code, message }).toEqual({
    code: 'TST_OPTION_VALUE',
    message: 'Option "coverdir" in tstrace.config.mjs must be a string, not 10n.',
  })
})

test('a file that ends the process is said in front of whoever hears of the end and ends it, too', async () => {
  const ends = (): void => {}
  process.on('exit', ends)
  onTestFinished(() => void process.off('exit', ends))
  const first = "String(process.listeners('exit')[0]).includes('was loaded')"
  expect(await errorOf(`export default { count: ${first} }`)).toEqual({
    code: 'none',
    message: '{"count":true}',
  })
})
