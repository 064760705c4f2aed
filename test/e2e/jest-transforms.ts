/** The transformers that a Jest user may have, as `transform` of a configuration. */
export const TRANSFORMS = {
  'babel-jest': {
    '\\.[jt]sx?$': [
      'babel-jest',
      { presets: [['@babel/preset-env', { targets: { node: 'current' } }], '@babel/preset-typescript'] },
    ],
  },
  'ts-jest': { '\\.[jt]sx?$': 'ts-jest' },
  '@swc/jest': {
    '\\.[jt]sx?$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
  esbuild: { '\\.[jt]sx?$': '<rootDir>/esbuild-transformer.cjs' },
} as const

export type TransformerName = keyof typeof TRANSFORMS

export const TRANSFORMERS = Object.keys(TRANSFORMS) as TransformerName[]

/** One that answers later and leaves modules to the engine. */
export const LATER = {
  transform: { '\\.ts$': '<rootDir>/esbuild-later-transformer.mjs' },
  extensionsToTreatAsEsm: ['.ts'],
} as const
