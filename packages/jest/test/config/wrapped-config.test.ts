import { createRequire } from 'node:module'
import { codeOptions, completeOptions } from '@tstrace/core/adapter'
import { expect, test } from 'vitest'
import { entryOptionsOf, type Trace, unwrapConfig, wrapConfig } from '../../src/config/wrapped-config.ts'
import type { ProjectConfig } from '../../src/jest-versions.ts'

const RUNNER = createRequire(createRequire(import.meta.url).resolve('jest')).resolve('@jest/core')

const CONFIG = {
  cache: true,
  cacheDirectory: '/cache',
  id: 'shop',
  runner: RUNNER,
  transform: [['\\.ts$', '/ts-jest.js', { diagnostics: true }]],
  transformIgnorePatterns: ['/node_modules/'],
} as unknown as ProjectConfig

function traced(include: readonly string[] = []): Trace {
  const options = codeOptions(completeOptions({ include }, 'reporters'))
  return { root: '/shop', build: 'test', options }
}

function wrapped(include: readonly string[] = []): ProjectConfig {
  const config = wrapConfig(CONFIG, traced(include))
  if (!config) throw new Error('not wrapped')
  return config
}

test('every transformer of the user is ours with the user’s inside, and one is for what no pattern claims', () => {
  const { id, transform } = wrapped()
  expect(id).toBe('shop')
  expect(transform.map(([pattern, , options]) => [pattern, (options as { inner: unknown }).inner])).toEqual([
    ['\\.ts$', '/ts-jest.js'],
    ['\\.(?:js|jsx|mjs|cjs)$', null],
  ])
})

test('what Jest sends to its workers survives the way', () => {
  const config = wrapped()
  expect(JSON.parse(JSON.stringify(config))).toEqual(config)
})

test('the user’s transformer sees the user’s configuration, and always the same object', () => {
  const config = wrapped()
  const text = JSON.stringify(config)
  const original = unwrapConfig(config, text)
  expect(original).toEqual({ ...CONFIG, runtime: null })
  expect(unwrapConfig(structuredClone(config), text)).toBe(original)
})

test('dependencies that include names are transformed, and the user’s patterns are kept for the user’s transformer', () => {
  const config = wrapped(['node_modules/lodash/**'])
  expect(config.transformIgnorePatterns).toEqual([])
  expect(entryOptionsOf(config)?.ignored).toEqual(['/node_modules/'])
  expect(unwrapConfig(config, 'another').transformIgnorePatterns).toEqual(['/node_modules/'])
})

test('a runner without a runtime of Jest’s is left alone', () => {
  expect(wrapConfig({ ...CONFIG, runner: '/nowhere/runner.js' }, traced())).toBeUndefined()
})
