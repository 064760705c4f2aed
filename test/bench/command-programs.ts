/** A command-line program from npm, and what it is to work on. */
export interface CommandProgram {
  /** Its package. */
  readonly name: string
  readonly args: readonly string[]
}

/** The files they work on, in the folder of a run, each a copy of what a package brings. */
export const INPUTS: Readonly<Record<string, { readonly from: string; readonly path: string }>> = {
  'three.core.js': { from: 'three', path: 'build/three.core.js' },
  zod: { from: 'zod', path: 'src/v3' },
}

export const ESLINT_CONFIG = `export default [
  { files: ['**/*.js'], rules: { 'no-unused-vars': 'error', 'prefer-const': 'error' } },
]
`

export const COMMAND_PROGRAMS: readonly CommandProgram[] = [
  {
    name: 'typescript',
    args: [
      ...[
        '--noEmit',
        '--strict',
        '--target',
        'es2022',
        '--module',
        'esnext',
        '--moduleResolution',
        'bundler',
      ],
      'in/zod/index.ts',
    ],
  },
  { name: 'prettier', args: ['in/three.core.js'] },
  { name: 'eslint', args: ['in'] },
  { name: 'acorn', args: ['--ecma2024', '--module', 'in/three.core.js'] },
  { name: 'terser', args: ['in/three.core.js', '-c', '-m'] },
]
