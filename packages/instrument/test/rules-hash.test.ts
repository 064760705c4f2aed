import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { hashOfFiles } from '../src/hash-of-files.ts'

const SOURCES = new URL('../src/', import.meta.url)

test('what was built knows the hash of all sources that it was made of', () => {
  const built = readFileSync(new URL('../dist/build.js', import.meta.url), 'utf8')
  expect(built).toContain(`RULES_HASH = "${hashOfFiles(SOURCES)}"`)
  for (const room of ['instrument', 'compiled', 'runtime', 'source-file'])
    expect(existsSync(new URL(`${room}/`, SOURCES))).toBe(true)
})

test('other code has another hash, wherever it stands', () => {
  const copy = mkdtempSync(join(tmpdir(), 'tstrace-rules-'))
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  cpSync(SOURCES, copy, { recursive: true })
  const hash = (): string => hashOfFiles(pathToFileURL(`${copy}/`))
  const hashes = [hashOfFiles(SOURCES)]
  expect(hash()).toBe(hashes[0])
  for (const file of ['instrument/helper.ts', 'compiled/line-map.ts', 'runtime/constants.ts']) {
    appendFileSync(join(copy, file), 'export const more = 1\n')
    hashes.push(hash())
  }
  expect(new Set(hashes).size).toBe(hashes.length)
})
