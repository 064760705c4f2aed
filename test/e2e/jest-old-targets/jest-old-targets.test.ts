import { expect, test } from 'vitest'
import { ANY_JEST_MAJOR, jestProject } from '../jest-project.ts'
import { rowsOf } from '../matrix.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

/** Compilers that make functions of classes. */
const OLD = {
  babel: ['babel-jest', { presets: ['@babel/preset-env', '@babel/preset-typescript'] }],
  swc: ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es5' } }],
  'ts-jest': ['ts-jest', { isolatedModules: true, tsconfig: { target: 'es5', module: 'commonjs' } }],
} as const

const REPORTS = ['src/info.cover', 'functions.txt', 'calls.txt']

test.each(
  rowsOf({ major: ANY_JEST_MAJOR, compiler: ['babel', 'swc', 'ts-jest'], provider: ['babel', 'v8'] }, 1),
)(
  'Jest $major, $compiler, coverage by $provider: classes that became functions count as they do without coverage',
  async ({ compiler, major, provider }) => {
    const project = jestProject(major, FIXTURE, {
      transform: { '\\.ts$': OLD[compiler] },
      reporters: ['default', 'tstrace/jest'],
    })
    const reports = async (...args: string[]): Promise<string[]> => {
      const { status, stderr } = await project.jest(args, { env: { TSTRACE: '--listfuncs --trackcalls' } })
      expect(status).toBe(0)
      expect(stderr).not.toContain('tstrace:')
      // Who is said to load a module depends on where its counters are.
      return REPORTS.map((name) =>
        project
          .read(`coverage/tstrace/${name}`)
          .split('\n')
          .filter(
            (line) =>
              !line.startsWith('  -->') && !line.includes('.<module> -> ') && !line.endsWith('.<module>'),
          )
          .join('\n'),
      )
    }
    const plain = await reports()
    expect(await reports('--coverage', `--coverageProvider=${provider}`)).toEqual(plain)
  },
)
