/** An answer as lines to read, without their ends. */
export interface AnswerText {
  /** What it is, in a sentence or two. */
  readonly head: readonly string[]
  /** As many of the rows as there is room for are shown. */
  readonly rows: readonly string[]
  /** The same with less important ones drawn together, for those who do not ask for all. Default: `rows`. */
  readonly brief?: readonly string[]
  /** Shown in any case, behind the rows. */
  readonly foot: readonly string[]
}

/** So many lines are shown unless all are asked for. */
const LINES = 40

/** How an answer is printed: whole, or its most important rows, and how many more there are. */
export function printedAnswer(text: AnswerText, all: boolean): string {
  const { foot, head } = text
  const rows = all ? text.rows : (text.brief ?? text.rows)
  const room = Math.max(1, LINES - head.length - foot.length - 1)
  const isCut = !all && rows.length > room
  const shown = isCut ? [...rows.slice(0, room), `… ${rows.length - room} more; --all shows them.`] : rows
  return `${[...head, ...shown, ...foot].join('\n')}\n`
}
