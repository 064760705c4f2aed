import { createRequire } from 'node:module'
import type { TransformOptions, TransformResult } from '../jest-versions.ts'

interface Babel {
  transformSync(code: string, options: object): TransformResult | null
}

/** What Jest does with the user's transformer before its own coverage counts. */
export interface IstanbulInput {
  readonly result: TransformResult
  readonly path: string
  readonly options: TransformOptions
  /** Absolute path of the runtime whose copies of Babel and Istanbul are meant. */
  readonly base: string
  /** Whether anybody has compiled the file. */
  readonly isCompiled: boolean
}

/**
 * Lets Istanbul count a compiled file, as Jest does where the transformer cannot
 * (`ScriptTransformer._instrumentFile` of 29.7 and 30, with the same options).
 */
export function countForIstanbul({
  result,
  path,
  options,
  base,
  isCompiled,
}: IstanbulInput): TransformResult {
  const requireOfJest = createRequire(createRequire(base).resolve('@jest/transform'))
  const babel = requireOfJest('@babel/core') as Babel
  const istanbul = requireOfJest('babel-plugin-istanbul') as { default: unknown }
  const counted = babel.transformSync(result.code, {
    auxiliaryCommentBefore: ' istanbul ignore next ',
    babelrc: false,
    caller: {
      name: '@jest/transform',
      supportsDynamicImport: options.supportsDynamicImport,
      supportsExportNamespaceFrom: options.supportsExportNamespaceFrom,
      supportsStaticESM: options.supportsStaticESM,
      supportsTopLevelAwait: options.supportsTopLevelAwait,
    },
    configFile: false,
    filename: path,
    plugins: [
      [
        istanbul.default,
        {
          compact: false,
          cwd: options.config.rootDir,
          exclude: [],
          extension: false,
          inputSourceMap: result.map,
          useInlineSourceMaps: false,
        },
      ],
    ],
    sourceMaps: !isCompiled || result.map != null ? 'both' : false,
  })
  return counted?.code == null ? result : counted
}
