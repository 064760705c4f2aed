import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { sentenceOf } from '@tstrace/results/errors'
import { WRITTEN } from '@tstrace/results/writing'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../results/test/temporary-folder.ts'
import { fillOutputFolder, noteWritten } from '../../src/run/output-folder.ts'

/** Files with their paths as texts. */
function fill(folder: string, paths: readonly string[]) {
  const filled = fillOutputFolder(
    folder,
    paths.map((path) => ({ path, text: path })),
  )
  expect(filled).toEqual({ failures: [], remarks: [], left: [] })
}

test('what an earlier run wrote and this one does not is removed', () => {
  const folder = join(temporaryFolder(), 'out')
  fill(folder, ['a.cover', 'src/b.cover', 'src/deep/c.cover', 'calls.txt'])
  writeFileSync(join(folder, 'src/own.txt'), 'mine')
  fill(folder, ['a.cover'])
  expect(existsSync(join(folder, 'a.cover'))).toBe(true)
  for (const gone of ['src/b.cover', 'src/deep/c.cover', 'calls.txt'])
    expect(existsSync(join(folder, gone))).toBe(false)
  expect(readFileSync(join(folder, 'src/own.txt'), 'utf8')).toBe('mine')
})

test('what cannot be written stays as it was, also where it is made piece by piece', () => {
  const folder = join(temporaryFolder(), 'out')
  fill(folder, ['results.json'])
  function* pieces(): Generator<string> {
    yield 'half'
    throw Object.assign(new Error('full'), { code: 'ENOSPC' })
  }
  const { failures } = fillOutputFolder(folder, [{ path: 'results.json', text: pieces() }])
  expect(failures).toHaveLength(1)
  expect(readFileSync(join(folder, 'results.json'), 'utf8')).toBe('results.json')
})

test('nothing else is removed: not what is not noted, nor what has changed, nor what lies behind a link', () => {
  const root = temporaryFolder()
  const folder = join(root, 'out')
  fill(folder, ['a.cover', 'changed.cover', 'src/b.cover'])
  writeFileSync(join(folder, 'other.cover'), 'of somebody else')
  writeFileSync(join(folder, 'changed.cover'), 'edited')
  mkdirSync(join(root, 'elsewhere'))
  writeFileSync(join(root, 'elsewhere/b.cover'), 'src/b.cover')
  rmSync(join(folder, 'src'), { recursive: true })
  symlinkSync(join(root, 'elsewhere'), join(folder, 'src'))
  fill(folder, ['a.cover'])
  for (const kept of ['out/other.cover', 'out/changed.cover', 'elsewhere/b.cover'])
    expect(existsSync(join(root, kept)), kept).toBe(true)
})

test.each([
  '',
  '[]',
  '{"format":"tstrace-written","version":2,"files":{"x.txt":"HASH"}}',
  '{"format":"other","version":1,"files":{"x.txt":"HASH"}}',
  '{"format":"tstrace-written","version":1,"files":{"x.txt":5,"../y.txt":"HASH"}}',
])('a note that is none of ours or leads out removes nothing: %s', (text) => {
  const root = temporaryFolder()
  const folder = join(root, 'out')
  // The hash is right, so that only the rest can be the reason.
  fill(folder, ['x.txt'])
  const { files } = JSON.parse(readFileSync(join(folder, WRITTEN), 'utf8'))
  writeFileSync(join(root, 'y.txt'), 'x.txt')
  writeFileSync(join(folder, WRITTEN), text.replaceAll('HASH', files['x.txt']))
  fill(folder, [])
  expect(existsSync(join(folder, 'x.txt'))).toBe(true)
  expect(existsSync(join(root, 'y.txt'))).toBe(true)
})

test('a folder that cannot be written is one failure', () => {
  const root = temporaryFolder()
  writeFileSync(join(root, 'file'), '')
  const { failures, remarks } = fillOutputFolder(join(root, 'file'), [{ path: 'a.cover', text: '' }])
  expect(failures).toEqual([expect.objectContaining({ code: 'TST_CANNOT_WRITE' })])
  expect(remarks).toEqual([])
})

test('what a run has written itself is noted as the rest is, by a report or without one', () => {
  const folder = join(temporaryFolder(), 'out')
  fill(folder, ['a.cover'])
  for (const path of ['a.trace', 'b.trace', 'changed.trace']) writeFileSync(join(folder, path), path)
  fillOutputFolder(folder, [{ path: 'a.cover', text: 'a' }], { traces: ['a.trace', 'changed.trace'] })
  expect(noteWritten(folder, ['b.trace', 'gone.trace', '../a.trace'])).toEqual([])
  for (const path of ['a.cover', 'a.trace', 'b.trace']) expect(existsSync(join(folder, path))).toBe(true)
  writeFileSync(join(folder, 'changed.trace'), 'edited')
  fill(folder, ['b.cover'])
  expect(readdirSync(folder).sort()).toEqual([WRITTEN, 'b.cover', 'changed.trace'])
})

test('files of formats go with the run that does not write them again; what only has such a name stays', () => {
  const folder = join(temporaryFolder(), 'out')
  fill(folder, ['a.cover', 'lcov.info', 'coverage-final.json'])
  writeFileSync(join(folder, 'coverage-final.json'), 'of somebody else')
  writeFileSync(join(folder, 'clover.xml'), 'of somebody else')
  fill(folder, ['a.cover'])
  expect(readdirSync(folder).sort()).toEqual([WRITTEN, 'a.cover', 'clover.xml', 'coverage-final.json'])
})

test('with a failure stands where the counts are', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  const { failures } = fillOutputFolder(join(folder, 'file'), [{ path: 'a', text: '' }], {
    where: 'They are here.',
  })
  expect(failures.map((error) => sentenceOf(error))).toEqual([
    expect.stringMatching(/Choose another folder\. They are here\. \[TST_CANNOT_WRITE\]$/),
  ])
})

test('a forged note removes nothing that no run writes', () => {
  const folder = join(temporaryFolder(), 'out')
  fill(folder, ['a.cover', 'important.txt'])
  fill(folder, ['b.cover'])
  expect(existsSync(join(folder, 'a.cover'))).toBe(false)
  expect(readFileSync(join(folder, 'important.txt'), 'utf8')).toBe('important.txt')
})

test('a counts file with the name of a report stays, and the others are written', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'results.json'), 'tstrace-counts\t2\t{}\n')
  const files = ['results.json', 'a.cover'].map((path) => ({ path, text: path }))
  const { failures } = fillOutputFolder(folder, files)
  expect(failures.map((error) => sentenceOf(error))).toEqual([
    expect.stringMatching(/results\.json is a counts file, and was not replaced .* \[TST_CANNOT_WRITE\]$/),
  ])
  expect(readFileSync(join(folder, 'results.json'), 'utf8')).toContain('tstrace-counts')
  expect(existsSync(join(folder, 'a.cover'))).toBe(true)
})

test('what has the name of a recording and is none stays', () => {
  const folder = temporaryFolder()
  const place = join(folder, 'recording.counts')
  writeFileSync(place, 'my own notes\n')
  const files = [
    { path: 'recording.counts', text: 'tstrace-counts\t2\t{}\n' },
    { path: 'a.cover', text: 'a' },
  ]
  const { failures } = fillOutputFolder(folder, files)
  expect(failures.map((error) => sentenceOf(error))).toEqual([
    expect.stringMatching(/recording\.counts is no recording, and was not replaced .* \[TST_CANNOT_WRITE\]$/),
  ])
  expect(readFileSync(place, 'utf8')).toBe('my own notes\n')
  expect(existsSync(join(folder, 'a.cover'))).toBe(true)
  for (const text of ['', 'tstrace-counts\t2\t{"old":true}\n']) {
    writeFileSync(place, text)
    expect(fillOutputFolder(folder, files).failures).toEqual([])
    expect(readFileSync(place, 'utf8')).toBe(files[0]?.text)
  }
})

test.each(['lcov.info', 'index.html'])('%s of somebody else stays, and that is said', (path) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, path), 'of somebody else')
  const files = [path, 'a.cover'].map((own) => ({ path: own, text: own }))
  const { failures, left, remarks } = fillOutputFolder(folder, files)
  expect(failures).toEqual([])
  expect(left).toEqual([path])
  expect(remarks).toEqual([
    `${path} is not written: there is one already, and tstrace has not written that. Remove it, or choose another folder with \`coverdir\` or -C. [TST_CANNOT_WRITE]`,
  ])
  expect(readFileSync(join(folder, path), 'utf8')).toBe('of somebody else')
  rmSync(join(folder, path))
  fill(folder, [path, 'a.cover'])
  // What has become of it since is the user's doing, and of an earlier run all the same.
  writeFileSync(join(folder, path), 'with other paths')
  fill(folder, [path, 'a.cover'])
  expect(readFileSync(join(folder, path), 'utf8')).toBe(path)
})

test('what was exported stays when a run does not write it, and goes with one that has written it since', () => {
  const folder = join(temporaryFolder(), 'out')
  fill(folder, ['a.cover'])
  writeFileSync(join(folder, 'lcov.info'), 'exported')
  expect(noteWritten(folder, ['lcov.info'], true)).toEqual([])
  for (const paths of [['a.cover'], ['b.cover']]) fill(folder, paths)
  expect(readdirSync(folder).sort()).toEqual([WRITTEN, 'b.cover', 'lcov.info'])
  fill(folder, ['b.cover', 'lcov.info'])
  fill(folder, ['b.cover'])
  expect(readdirSync(folder).sort()).toEqual([WRITTEN, 'b.cover'])
})

test('where nothing but the recording is another, no JSON file is replaced: Jest would start processes to read it again', () => {
  const folder = temporaryFolder()
  const written = (recording: string): number[] => {
    fillOutputFolder(folder, [
      { path: 'results.json', text: ['{', '}'] },
      { path: 'recording.counts', text: recording },
    ])
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => statSync(join(folder, name)).ino)
  }
  const before = written('one')
  expect(before).toHaveLength(1)
  expect(written('two')).toEqual(before)
})
