import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Instrumented, instrument } from '@tstrace/instrument'
import { afterAll, expect, test } from 'vitest'
import { readCases } from './read-cases.ts'

const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
const folder = mkdtempSync(join(tmpdir(), 'tstrace-types-'))
afterAll(() => rmSync(folder, { recursive: true }))

/**
 * What the compiler says about some files: `file(line): code`. Old targets have classes filled by the compiler, which
 * then has more to say about their constructors.
 */
function diagnosticsOf(name: string, files: ReadonlyMap<string, string>): string[] {
  mkdirSync(join(folder, name))
  for (const [file, text] of files) writeFileSync(join(folder, name, file), `${text}\nexport {}\n`)
  const options = [
    '--noEmit',
    '--ignoreConfig',
    '--strict',
    '--noUnusedLocals',
    '--noUnusedParameters',
    '--skipLibCheck',
  ]
  const target = [
    '--target',
    'es2020',
    '--lib',
    'es2023,dom,esnext.disposable',
    '--module',
    'esnext',
    '--jsx',
    'preserve',
  ]
  const parameters = [join(typescript, 'bin/tsc'), ...options, ...target, '--types', '', ...files.keys()]
  const { stdout } = spawnSync(process.execPath, parameters, { cwd: join(folder, name), encoding: 'utf8' })
  return [...stdout.matchAll(/^(\S+?\(\d+),\d+\): error (TS\d+)/gm)]
    .map(([, place, code]) => `${place}) ${code}`)
    .sort()
}

/** The text with our helper declared instead of written out: its own types are no matter of the text around it. */
function withDeclaredHelper({ body, names }: Instrumented): string {
  return body + names.map((name) => `declare let ${name}: any;`).join('')
}

const cases = readCases().filter(({ commonjs, language }) => language.startsWith('ts') && !commonjs)
const file = (n: number): string => `case-${n}.${cases[n]?.language}`

test('TypeScript has nothing else to say about instrumented text', () => {
  const plain = new Map(cases.map(({ source }, n) => [file(n), source]))
  const counted = new Map(
    cases.map(({ source }, n) => {
      const made = instrument(source, { file: file(n), calls: true, branches: true, keepNames: false })
      return [file(n), made ? withDeclaredHelper(made) : source]
    }),
  )
  expect(cases.length).toBeGreaterThan(10)
  expect(diagnosticsOf('counted', counted)).toEqual(diagnosticsOf('plain', plain))
})

test('a constructor in try is found', () => {
  const source =
    'class A {}\nexport class B extends A {\n  a = 1\n  constructor() { try { super() } finally {} }\n}\n'
  expect(diagnosticsOf('wrong', new Map([['wrong.ts', source]]))).toEqual(['wrong.ts(4) TS2401'])
})
