/** The transformers that a Jest user may have, as `transform` of a configuration. */
export const TRANSFORMS = {
  'babel-jest': {
    '\\.[jt]sx?$': [
      'babel-jest',
      { presets: [['@babel/preset-env', { targets: { node: 'current' } }], '@babel/preset-typescript'] },
    ],
  },
  // Without type checks, which take most of its time: see `CHECKED`.
  'ts-jest': { '\\.[jt]sx?$': ['ts-jest', { isolatedModules: true }] },
  '@swc/jest': {
    '\\.[jt]sx?$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
  esbuild: { '\\.[jt]sx?$': '<rootDir>/esbuild-transformer.cjs' },
} as const

export type TransformerName = keyof typeof TRANSFORMS

export const TRANSFORMERS = Object.keys(TRANSFORMS) as TransformerName[]

/** ts-jest as it is by default, where types are the point. */
export const CHECKED = { '\\.[jt]sx?$': 'ts-jest' } as const

/** One that answers later and leaves modules to the engine. */
export const LATER = {
  transform: { '\\.ts$': '<rootDir>/esbuild-later-transformer.mjs' },
  extensionsToTreatAsEsm: ['.ts'],
} as const
