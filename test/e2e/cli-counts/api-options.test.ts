import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folderWith, run } from '../cli-command/tstrace-command.ts'

const FILES = {
  'package.json': '{"name":"demo","type":"module"}',
  'twice.js': "import './lib/a.js'\nimport './lib/b.js'\n\nexport function twice(n) {\n  return n * 2\n}\n",
  'lib/a.js': 'void 0\n',
  'lib/b.js': 'void 0\n',
  'run.js': `import { Trace } from '${fileURLToPath(import.meta.resolve('tstrace'))}'

const tracer = new Trace({ trace: false, ...JSON.parse(process.argv[2]) })
const { twice } = await tracer.import('./twice.js', import.meta.url)
tracer.runfunc(twice, 1)
const results = tracer.results()
results.writeResults({ coverdir: 'out' })
console.log(results.sources().map(({ path }) => path).join(' '))
`,
}

async function printed(folder: string, options: object): Promise<string> {
  const { status, stderr, stdout } = await run(folder, ['run.js', JSON.stringify(options)])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

test.each([
  [{}, 'lib/a.js lib/b.js twice.js'],
  [{ include: 'lib/**' }, 'lib/a.js lib/b.js'],
  [{ include: ['*.js', 'lib/*'], exclude: '**/a.js' }, 'lib/b.js twice.js'],
  [{ ignoreDir: 'lib' }, 'twice.js'],
  [{ ignoremods: 'lib.a,twice' }, 'lib/b.js'],
])('%j', async (options, sources) => {
  expect(await printed(folderWith(FILES), options)).toBe(`${sources}\n`)
})

test('what is asked for by our names is what Python’s ask for', async () => {
  const folder = folderWith(FILES)
  const ours = await printed(folder, { listfuncs: true, trackcalls: true })
  expect(ours).toContain('functions called:\n')
  expect(ours).toContain('calling relationships:\n')
  expect(ours).toBe(await printed(folder, { countfuncs: true, countcallers: true }))
})

test('file is infile and outfile in one', async () => {
  const folder = folderWith(FILES)
  for (let runs = 0; runs < 3; runs++) await printed(folder, { file: 'all.counts' })
  expect(readFileSync(join(folder, 'out/twice.cover'), 'utf8')).toContain('    3:   return n * 2\n')
})
