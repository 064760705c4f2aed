import { readdirSync, readFileSync } from 'node:fs'
import type { Language } from '@tstrace/instrument/source-file'
import type { Program, Transformer } from './program.ts'

/** One program with the numbers that every line of it must show. */
export interface Case extends Program {
  readonly theme: string
  readonly title: string
  /** The source with seven characters in front of each line, as in a `.cover` file. */
  readonly listing: string
  /** `caller -> callee: calls`, with `+n` behind it for n resumptions; undefined: not checked. */
  readonly calls?: readonly string[]
  /** `name: calls` of every function, called or not; undefined: not checked. */
  readonly functions?: readonly string[]
  readonly transformers: readonly Transformer[]
}

const folder = new URL('./fixtures/', import.meta.url)
const languages = new Set(['js', 'jsx', 'ts', 'tsx'])

/**
 * Reads the cases: Markdown files, a heading for each case, a block with its listing and, if wanted, the blocks
 * `calls` and `functions`. The info line of the listing is the language, then any of `commonjs`, `legacy` (for
 * decorators) and the names of the only transformers that can read it.
 */
export function readCases(): Case[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => casesOf(name.replace('.md', ''), readFileSync(new URL(name, folder), 'utf8')))
}

function casesOf(theme: string, text: string): Case[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const title = section.slice(0, section.indexOf('\n'))
      const blocks = [...section.matchAll(/^```([^\n]*)\n(.*?)^```$/gms)]
      const lines = (wanted: string): string[] | undefined =>
        blocks
          .find(([, info]) => info === wanted)?.[2]
          ?.split('\n')
          .filter(Boolean)
      const [, info = '', listing = ''] = blocks[0] ?? []
      const [language = '', ...flags] = info.split(' ')
      if (!languages.has(language)) throw new Error(`${theme}: ${title}: no language ${language}`)
      const calls = lines('calls')
      const functions = lines('functions')
      return {
        theme,
        title,
        listing,
        source: listing.replaceAll(/^.{7}/gm, ''),
        language: language as Language,
        commonjs: flags.includes('commonjs'),
        legacyDecorators: flags.includes('legacy'),
        transformers: transformersFor(language, flags),
        ...(calls && { calls }),
        ...(functions && { functions }),
      }
    })
}

function transformersFor(language: string, flags: readonly string[]): Transformer[] {
  const all: Transformer[] = language === 'js' ? ['none', 'lowered'] : ['oxc', 'esbuild', 'lowered']
  const only = all.filter((transformer) => flags.includes(transformer))
  return only.length > 0 ? only : all
}
