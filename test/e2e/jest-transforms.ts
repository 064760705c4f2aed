/** The transformers that a Jest user may have, as `transform` of a configuration for sources in TypeScript. */
export const TRANSFORMS = {
  'babel-jest': {
    '\\.[jt]sx?$': [
      'babel-jest',
      { presets: [['@babel/preset-env', { targets: { node: 'current' } }], '@babel/preset-typescript'] },
    ],
  },
  'ts-jest': { '\\.tsx?$': 'ts-jest' },
  '@swc/jest': { '\\.tsx?$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
  esbuild: { '\\.tsx?$': '<rootDir>/esbuild-transformer.cjs' },
} as const

export type TransformerName = keyof typeof TRANSFORMS

export const TRANSFORMERS = Object.keys(TRANSFORMS) as TransformerName[]
