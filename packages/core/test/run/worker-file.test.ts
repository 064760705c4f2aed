import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../../../results/test/temporary-folder.ts'
import { WorkerFile } from '../../src/run/worker-file.ts'

const LABEL = { testFile: '/a.test.ts', project: 'one' }

let folder: string

beforeEach(() => {
  folder = join(temporaryFolder(), 'run')
  mkdirSync(folder)
  writeFileSync(join(folder, 'intact'), '')
})

/** What is there besides `intact`: how the names end, and the texts. */
function left(): (readonly [ending: string, text: string])[] {
  return readdirSync(folder)
    .filter((name) => name !== 'intact')
    .map((name) => [name.slice(name.lastIndexOf('.')), readFileSync(join(folder, name), 'utf8')])
}

const HEAD = `{"testFile":"/a.test.ts","project":"one","pid":${process.pid},"thread":0}\n`

test('a worker is heard of before it has counted anything, and says when it is done', () => {
  const file = new WorkerFile(folder, LABEL)
  expect(left()).toEqual([['.open', HEAD]])
  expect(file.isReady()).toBe(true)
  file.append(Buffer.from('one'))
  file.append(Buffer.from('two'))
  expect(left()).toEqual([['.open', `${HEAD}onetwo`]])
  file.close()
  expect(left()).toEqual([['.done', `${HEAD}onetwo`]])
  file.append(Buffer.from('three'))
  file.close()
  expect(left()).toEqual([['.done', `${HEAD}onetwo`]])
})

test.skipIf(process.platform === 'win32')(
  'who cannot make a file puts its error in the place of what says that all is well',
  () => {
    const url = new URL('../../dist/worker.js', import.meta.url).href
    const code = `
    import { openSync } from 'node:fs'
    import { WorkerFile } from ${JSON.stringify(url)}
    try { for (;;) openSync('/dev/null') } catch {}
    console.log(new WorkerFile(${JSON.stringify(folder)}, { testFile: '', project: '' }).isReady())`
    const limited = [
      '-c',
      'ulimit -n 100 && exec "$@"',
      '-',
      process.execPath,
      '--input-type=module',
      '-e',
      code,
    ]
    expect(execFileSync('sh', limited, { encoding: 'utf8' })).toBe('false\n')
    expect(readdirSync(folder)).toEqual(['refused-EMFILE'])
  },
)

test('who could not make a file writes as soon as that is possible', () => {
  rmSync(folder, { recursive: true })
  const file = new WorkerFile(folder, LABEL)
  expect(file.isReady()).toBe(false)
  mkdirSync(folder)
  expect(file.isReady()).toBe(true)
  expect(left()).toEqual([['.open', HEAD]])
})

test('in a folder that was removed a worker begins again, with its first line and all its tables', () => {
  const file = new WorkerFile(folder, LABEL)
  file.append(Buffer.from('one'))
  file.tablesSent.a = true
  rmSync(folder, { recursive: true })
  file.append(Buffer.from('two'))
  expect(file.isReady()).toBe(false)
  expect(Object.keys(file.tablesSent)).toEqual([])
  mkdirSync(folder)
  expect(file.isReady()).toBe(true)
  expect(left()).toEqual([['.open', `${HEAD}two`]])
  file.close()
  expect(left()).toEqual([['.done', `${HEAD}two`]])
})

test.skipIf(process.platform !== 'linux')(
  'a file on a full disk says so by its name, until it can be written',
  () => {
    const file = new WorkerFile(folder, LABEL)
    const path = (): string => join(folder, readdirSync(folder).find((name) => name !== 'intact') ?? '')
    const open = path()
    rmSync(open)
    symlinkSync('/dev/full', open)
    file.append(Buffer.from('one'))
    expect(file.isReady()).toBe(false)
    const failed = path()
    expect(failed).toBe(open.replace(/open$/, 'failed-ENOSPC'))
    rmSync(failed)
    writeFileSync(failed, HEAD)
    expect(file.isReady()).toBe(true)
    expect(left()).toEqual([['.open', `${HEAD}one`]])
    file.close()
    expect(left()).toEqual([['.done', `${HEAD}one`]])
  },
)
