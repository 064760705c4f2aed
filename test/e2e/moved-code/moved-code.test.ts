import { expect, test } from 'vitest'
import { JEST_MAJORS, jestProject } from '../jest-project.ts'
import { rowsOf } from '../matrix.ts'
import { unmarkedListing } from '../unmarked-listing.ts'
import { MAJORS, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

const TRACING = ['--trackcalls --branches', ''] as const
const TARGETS = ['es5', 'es2017', 'es2022'] as const

/** Fields are assigned in the constructor for all of these targets. */
const ASSIGNED = { useDefineForClassFields: false }

/** By the name of a compiler, what Jest is told for a target. */
const COMPILERS: Readonly<Record<string, (target: string) => unknown>> = {
  'babel-jest': (target) => [
    'babel-jest',
    {
      assumptions: { setPublicClassFields: true },
      presets: [
        ['@babel/preset-env', target === 'es5' ? { forceAllTransforms: true } : { targets: { node: '8' } }],
        '@babel/preset-typescript',
      ],
    },
  ],
  '@swc/jest': (target) => ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target } }],
  'ts-jest': (target) => [
    'ts-jest',
    {
      diagnostics: false,
      tsconfig: { ...ASSIGNED, isolatedModules: true, target, module: 'commonjs', downlevelIteration: true },
    },
  ],
}

/** What a listing says of lines that all compilers make the same of. */
const COUNTED = [
  '    2:     own = size',
  '    1:     more = this.own || 5;',
  '    2:     list = [1, 2].map((each) => each + size)',
  '    1:     size = size && 4',
]

function expectCounted(project: { read(path: string): string }): void {
  const listing = unmarkedListing(project.read('coverage/tstrace/src/moved.cover'))
  for (const line of COUNTED) expect(listing).toContain(line)
}

test.each(
  rowsOf({ major: JEST_MAJORS, compiler: Object.keys(COMPILERS), target: TARGETS, TSTRACE: TRACING }, 1),
)(
  'Jest $major, $compiler for $target, traced $TSTRACE: what is moved into other functions runs and is counted',
  async ({ compiler, major, target, TSTRACE }) => {
    const project = jestProject(major, FIXTURE, {
      transform: { '\\.ts$': COMPILERS[compiler]?.(target) },
      reporters: ['default', 'tstrace/jest'],
    })
    const { status, stderr } = await project.jest([], { env: { TSTRACE } })
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining('tstrace:') })
    expectCounted(project)
  },
)

test.each(rowsOf({ major: MAJORS, target: TARGETS.slice(1), TSTRACE: TRACING }, 1))(
  'Vitest $major, for $target, traced $TSTRACE: what is moved into other functions runs and is counted',
  async ({ major, target, TSTRACE }) => {
    const project = vitestProject(major, FIXTURE)
    project.write('tsconfig.json', JSON.stringify({ compilerOptions: { ...ASSIGNED, target } }))
    const { status, stderr } = await project.vitest(['--reporter=tstrace'], { env: { TSTRACE } })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expectCounted(project)
  },
)
