import { printable } from '@tstrace/results/printable'
import type { TopAnswer, TopOrder } from '../answers/answer-top.ts'
import { aboutText } from './about-text.ts'
import type { AnswerText } from './answer-text.ts'
import { columns } from './columns.ts'
import { inText } from './places.ts'
import { testsSummary } from './tests-summary.ts'

const ORDERS: Readonly<Record<TopOrder, string>> = {
  count: 'Lines by how often they ran',
  calls: 'Functions by how often they were called',
  share: 'Functions by how often their own lines ran',
}

/** What ran most, to read. */
export function topText(answer: TopAnswer): AnswerText {
  const { about, by, contexts, more = 0, rows, target, total } = answer
  const asked = contexts ? ` of ${testsSummary(contexts)}` : ''
  const where = inText(target)
  if (rows.length === 0) return { head: [`Nothing ran${where}${asked}.`], rows: [], foot: aboutText(about) }
  const isByCalls = by === 'calls'
  const [title, ...lines] = columns(
    rows.map((row) => ({
      numbers: [...(isByCalls ? [row.calls ?? 0] : []), row.count, `${(row.share * 100).toFixed(1)} %`],
      text: printable(`${row.path}:${row.line}  ${row.function}`),
    })),
    [...(isByCalls ? ['calls'] : []), 'count', 'share'],
  )
  const head = `${ORDERS[by]}${where}, and their share of all counts${asked}, which are ${total}:`
  return { head: [head, '', title as string], rows: lines, more, foot: aboutText(about) }
}
