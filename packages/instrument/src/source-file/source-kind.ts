/*
 * What the extension of a file says about it. Nothing else tests extensions: `test/house/source-kind.test.ts` sees to that.
 */

/** Which dialect a text is written in. */
export type Language = 'js' | 'jsx' | 'ts' | 'tsx'

/** How Node runs a module. */
export type ModuleFormat = 'module' | 'commonjs'

/** What an extension says of a source file. */
export interface SourceKind {
  readonly language: Language
  /** How Node runs it, whatever the package says. */
  readonly format?: ModuleFormat
  /** The extensions in specifiers that TypeScript takes for this one. */
  readonly writtenAs?: readonly string[]
}

/** Every extension of a source once, in the order in which TypeScript looks for them. */
const SOURCE_KINDS: Readonly<Record<string, SourceKind>> = {
  '.ts': { language: 'ts', writtenAs: ['.js'] },
  '.tsx': { language: 'tsx', writtenAs: ['.js', '.jsx'] },
  '.mts': { language: 'ts', format: 'module', writtenAs: ['.mjs'] },
  '.cts': { language: 'ts', format: 'commonjs', writtenAs: ['.cjs'] },
  '.js': { language: 'js' },
  '.jsx': { language: 'jsx' },
  '.mjs': { language: 'js', format: 'module' },
  '.cjs': { language: 'js', format: 'commonjs' },
}

/** How single-file components are written. */
export type ComponentKind = 'vue' | 'svelte'

/** Those that are code and markup: nobody but their own compiler can read them. */
const COMPONENT_KINDS: Readonly<Record<string, ComponentKind>> = { '.vue': 'vue', '.svelte': 'svelte' }

/** The extensions of all sources that are JavaScript or TypeScript, in the order in which TypeScript looks for them. */
export const SOURCE_EXTENSIONS: readonly string[] = Object.keys(SOURCE_KINDS)

/** What the extension of a file says; undefined where it is none of a source. */
export function sourceKind(path: string): SourceKind | undefined {
  return ofExtension(SOURCE_KINDS, path)
}

/** What kind of component a file is; undefined for one that is none. */
export function componentKind(path: string): ComponentKind | undefined {
  return ofExtension(COMPONENT_KINDS, path)
}

function ofExtension<Kind>(kinds: Readonly<Record<string, Kind>>, path: string): Kind | undefined {
  const [, extension = ''] = /[^/\\](\.\w+)$/.exec(path) ?? []
  return Object.hasOwn(kinds, extension) ? kinds[extension] : undefined
}

/** Whether a file is a source with something to run: TypeScript's declarations (`a.d.ts`, `a.d.css.ts`) have nothing. */
export function isSource(path: string): boolean {
  if (componentKind(path)) return true
  const kind = sourceKind(path)
  return kind !== undefined && !(kind.language === 'ts' && /\.d(\.\w+)?\.\w+$/.test(path))
}

/** The dialect of a file: JavaScript where its name says nothing, as that of a command. */
export function languageOf(path: string): Language {
  return sourceKind(path)?.language ?? 'js'
}

/** Whether a file may have types, with or without JSX. */
export function isTypeScript(path: string): boolean {
  const language = languageOf(path)
  return language === 'ts' || language === 'tsx'
}

/** Whether a file is not JavaScript yet: it has types, or JSX. */
export function isToBeCompiled(path: string): boolean {
  return languageOf(path) !== 'js'
}

/** What a TypeScript file may have for the extension that a specifier ends in, in TypeScript's order. */
export function writtenFor(extension: string): readonly string[] {
  return SOURCE_EXTENSIONS.filter((one) => SOURCE_KINDS[one]?.writtenAs?.includes(extension))
}

/** A regular expression, as text, for the paths of all files in some dialects. */
export function patternOf(languages: readonly Language[]): string {
  const extensions = Object.entries(SOURCE_KINDS).filter(([, { language }]) => languages.includes(language))
  return `\\.(?:${extensions.map(([extension]) => extension.slice(1)).join('|')})$`
}
