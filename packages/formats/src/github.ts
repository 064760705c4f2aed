import { type Lines, linesText, missingRanges } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import type { FormatInput, MakeFormat } from './format.ts'
import { type ReportedSource, reportedSources } from './reported-sources.ts'

/** How many lines, and how many sources, are named. */
const HOTTEST = 10
const SOURCES = 20

/** What of a line's text, and of the lines of a source, is shown, in characters. */
const LONGEST_CODE = 80
const LONGEST_RANGES = 200

/** The summary of a step of GitHub Actions, in its Markdown: totals, what ran most, what never ran. */
export const github: MakeFormat = (input) => {
  const { problems, sources } = reportedSources(input, { name: 'GitHub', refuses: () => undefined })
  const counted = sources.filter(({ lines }) => lines.size > 0)
  const text = `${[heading(counted), ...hottestLines(input, counted), ...missingLines(counted)].join('\n')}\n`
  return { files: [{ path: 'github.md', text }], problems }
}

function heading(sources: readonly ReportedSource[]): string {
  const [ran, lines] = sources.reduce(
    ([hits, all], source) => [hits + ranIn(source), all + source.lines.size],
    [0, 0],
  )
  const percent = lines === 0 ? '' : `${Math.floor((100 * ran) / lines)}% of lines ran, `
  const where = sources.length === 1 ? '1 source' : `${sources.length} sources`
  return `### tstrace: ${percent}${ran} of ${lines} in ${where}\n`
}

function hottestLines(input: FormatInput, sources: readonly ReportedSource[]): string[] {
  const lines = sources
    .flatMap((source) => [...source.lines].map(([line, count]) => ({ count, line, source })))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, HOTTEST)
  if (lines.length === 0) return []
  const rows = lines.map(({ count, line, source: { hash, path } }) => {
    const text = input.source({ hash, path })?.split(/\r\n|\r|\n/)[line - 1] ?? ''
    return `| ${count} | ${code(`${path}:${line}`)} | ${code(text.trim().slice(0, LONGEST_CODE))} |`
  })
  return ['#### Ran most\n', '| count | line | |', '|---:|---|---|', ...rows, '']
}

function missingLines(sources: readonly ReportedSource[]): string[] {
  const lacking = sources
    .filter((source) => ranIn(source) < source.lines.size)
    .sort((a, b) => missingIn(b) - missingIn(a))
  if (lacking.length === 0) return []
  const rows = lacking.slice(0, SOURCES).map((source) => {
    const { lines, path } = source
    const never = [...lines].filter(([, count]) => count === 0).map(([line]) => line)
    return `| ${never.length} of ${lines.size} | ${code(path)} | ${rangesText(missingRanges(lines, never))} |`
  })
  const more = lacking.length - SOURCES
  return [
    '#### Never ran\n',
    '| lines | source | which |',
    '|---:|---|---|',
    ...rows,
    ...(more > 0 ? ['', `and lines of ${more} more ${more === 1 ? 'source' : 'sources'}.`] : []),
    '',
  ]
}

function ranIn({ lines }: ReportedSource): number {
  return [...lines.values()].filter((count) => count > 0).length
}

function missingIn(source: ReportedSource): number {
  return source.lines.size - ranIn(source)
}

/** `40, 52-58`, and that there are more. */
function rangesText(ranges: readonly Lines[]): string {
  const text = ranges.map(linesText).join(', ')
  if (text.length <= LONGEST_RANGES) return text
  return `${text.slice(0, text.lastIndexOf(', ', LONGEST_RANGES))}, …`
}

/** What is nothing to Markdown, HTML and GitHub but a text: characters that could be more are written by their numbers. */
function code(text: string): string {
  if (text === '') return ''
  const encoded = printable(text).replaceAll(
    /[^\p{L}\p{N} /-]/gu,
    (character) => `&#${character.codePointAt(0)};`,
  )
  return `<code>${encoded}</code>`
}
