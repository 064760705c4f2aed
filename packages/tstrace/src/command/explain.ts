import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { componentTable, instrument } from '@tstrace/instrument'
import { componentKind, pathFromRoot, withoutMark } from '@tstrace/instrument/source-file'
import { programFilter } from '@tstrace/node/load'
import type { SiteTable } from '@tstrace/results'
import { cannotRead, readSource } from '@tstrace/results/files'
import { AdvisingParser, adviseAmong } from './arguments/advising-parser.ts'

/**
 * What `tstrace explain FILE` prints: whether the file is traced and why, each line with the rules by which it counts, and
 * the code that runs instead.
 *
 * @param words behind `explain`
 * @throws TstraceError `TST_CANNOT_READ`, or `TST_PARSE` for a text that cannot be parsed
 */
export function explain(words: readonly string[]): string {
  const parser = new AdvisingParser(
    {
      prog: 'tstrace explain',
      description: 'Shows the executable lines of a source, each with its rule, and its instrumented form.',
      epilog: 'The rules are those of docs/reference/listing.md.',
    },
    adviseAmong(['--help']),
  )
  parser.add_argument('file', { metavar: 'FILE', help: 'the source' })
  const { file } = parser.parse_args([...words]) as { file: string }
  const root = realpathSync(process.cwd())
  const path = resolve(root, file)
  const text = textOf(path)
  const filters = { include: [], exclude: [], ignoreDir: [], ignoreModule: [] }
  const { reason, trace } = programFilter({ root, home: root, program: '', filters })(path)
  const name = pathFromRoot(root, path)
  const head = `${file} is ${trace ? 'traced' : 'not traced'}: ${reason}.\n`
  if (componentKind(path)) return `${head}${explainedComponent(text, name)}`
  const made = instrument(text, { file: name })
  if (!made)
    return `${head}Nothing in it counts: nothing runs, or a comment asks for the file to be left alone.\n`
  const lines = new Set(made.sites.lines.map(({ line }) => line))
  const numbers = `${lines.size} executable lines, ${made.sites.functions.length} functions, ${made.sites.counters} counters.`
  return `${head}${numbers}\n\n${ruledLines(text, made.sites)}\n\nWhat runs instead:\n\n${made.code}\n`
}

/** What is known of a component without its compiler. */
function explainedComponent(text: string, file: string): string {
  const table = componentTable(text, file)
  return table ? `${ruledLines(text, table.sites)}\n` : 'Nothing in it counts: it has no code.\n'
}

/** The lines of a source, in front of each the rules of what starts on it. */
function ruledLines(text: string, sites: SiteTable): string {
  const rules = new Map<number, string[]>()
  for (const { line, rule } of sites.lines) {
    const here = rules.get(line) ?? []
    if (!here.includes(rule)) rules.set(line, [...here, rule])
  }
  const named = text
    .replace(/(?:\r\n|\n|\r)$/, '')
    .split(/\r\n|\n|\r/)
    .map((source, index) => ({
      source,
      rule: (rules.get(index + 1) ?? []).join(', '),
    }))
  const width = Math.max(...named.map(({ rule }) => rule.length))
  const digits = String(named.length).length
  return named
    .map(({ rule, source }, index) =>
      `${rule.padStart(width)} ${String(index + 1).padStart(digits)}: ${source}`.trimEnd(),
    )
    .join('\n')
}

function textOf(path: string): string {
  try {
    return withoutMark(readSource(path))
  } catch (error) {
    throw cannotRead(path, error, 'Name a source file.')
  }
}
