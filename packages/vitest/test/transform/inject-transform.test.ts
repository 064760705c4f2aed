import { expect, test } from 'vitest'
import { injectTransform } from '../../src/transform/inject-transform.ts'
import type { ContainerResult, PluginContainer, TestProject, VitePlugin } from '../../src/vitest-versions.ts'

const TRANSFORM = {
  name: 'tstrace@test',
  run: (code: string) => (code === 'ours' ? { code: 'made', map: { ours: true }, sign: 'made' } : undefined),
  leaves: () => {},
  runBehind: (made: ContainerResult) => ({ ...made, code: `${made.code}, counted behind` }),
}

/** A project of a Vite before 6, whose server is its only environment. */
function project(container: Partial<PluginContainer>): TestProject & { plugins: VitePlugin[] } {
  const plugins: VitePlugin[] = [{ name: 'first' }]
  const transform = async (code: string, _id: string, options?: object) => ({ code, map: null, options })
  const vite = {
    config: { plugins, server: { fs: { allow: [] } }, cacheDir: '' },
    pluginContainer: { transform, ...container },
  }
  const config = { root: '/', include: [], exclude: [], setupFiles: [] }
  return { name: '', vite, config, provide: () => {}, plugins }
}

test('a plugin goes in front of all others, once', () => {
  const one = project({})
  injectTransform(one.vite, TRANSFORM)
  injectTransform(one.vite, TRANSFORM)
  expect(one.plugins.map(({ name }) => name)).toEqual(['tstrace@test', 'first'])
})

test('a server that has sorted its plugins already gets a wrapped container', async () => {
  const one = project({ getSortedPlugins: () => [] })
  injectTransform(one.vite, TRANSFORM)
  const { pluginContainer } = one.vite
  expect(await pluginContainer.transform('ours', 'id', { ssr: true })).toEqual({
    code: 'made',
    map: null,
    options: { ssr: true, inMap: { ours: true } },
  })
  expect(await pluginContainer.transform('theirs', 'id', { ssr: true })).toEqual({
    code: 'theirs',
    map: null,
    options: { ssr: true },
  })
})

test('of whom our text is ignored gets it no more, and is counted behind', async () => {
  const given: string[] = []
  const transform = async (code: string, _id: string, options?: object) => {
    given.push(code)
    return { code: 'from disk', map: null, options }
  }
  const one = project({ getSortedPlugins: () => [], transform })
  injectTransform(one.vite, TRANSFORM)
  const { pluginContainer } = one.vite
  const behind = { code: 'from disk, counted behind', map: null, options: { ssr: true } }
  expect(await pluginContainer.transform('ours', 'id', { ssr: true })).toEqual(behind)
  expect(await pluginContainer.transform('ours', 'id', { ssr: true })).toEqual(behind)
  expect(given).toEqual(['made', 'ours', 'ours'])
})

test('whoever rejects a text with counters gets the file as it is, and an error is the one that this has', async () => {
  const transform = async (code: string, id: string, options?: object) => {
    if (code === 'made' || id === 'wrong') throw new Error(`refused: ${code}`)
    return { code, map: null, options }
  }
  const one = project({ getSortedPlugins: () => [], transform })
  injectTransform(one.vite, TRANSFORM)
  const { pluginContainer } = one.vite
  expect(await pluginContainer.transform('ours', 'id')).toMatchObject({ code: 'ours, counted behind' })
  await expect(pluginContainer.transform('ours', 'wrong')).rejects.toThrow('refused: ours')
})

test('what was printed anew otherwise than supposed is transformed once more, and once only', async () => {
  const supposed: (boolean | undefined)[] = []
  const one = project({ getSortedPlugins: () => [] })
  injectTransform(one.vite, {
    ...TRANSFORM,
    run: (_code: string, _id: string, isPrinted?: boolean) => {
      supposed.push(isPrinted)
      const printed = { isSupposed: isPrinted ?? false, isSo: () => isPrinted === undefined }
      return { code: 'made', map: { isPrinted }, sign: 'made', printed }
    },
  })
  const { pluginContainer } = one.vite
  const second = { options: { inMap: { isPrinted: true } } }
  expect(await pluginContainer.transform('ours', 'id')).toMatchObject(second)
  expect(supposed).toEqual([undefined, true])
})

test('what depends on the text is made of the file as it is', async () => {
  const mark = 'componentId: "sc-a1-0"'
  const transform = async (code: string) => ({ code: `${code} ${mark}`, map: null })
  const one = project({ getSortedPlugins: () => [], transform })
  injectTransform(one.vite, TRANSFORM)
  expect(await one.vite.pluginContainer.transform('ours', 'id')).toMatchObject({
    code: `ours ${mark}, counted behind`,
  })
})
