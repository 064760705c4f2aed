/** An answer as lines to read, without their ends. */
export interface AnswerText extends AnswerPart {
  /** Further lists, each with what it is. */
  readonly parts?: readonly AnswerPart[]
  /** Shown in any case, behind the rows. */
  readonly foot: readonly string[]
}

export interface AnswerPart {
  /** What it is, in a sentence or two. */
  readonly head: readonly string[]
  /** As many of the rows as there is room for are shown. */
  readonly rows: readonly string[]
  /** How many rows there are beyond these, which are enough to be shown. Default: none */
  readonly more?: number
  /** The same with less important ones drawn together, for those who do not ask for all. Default: `rows`. */
  readonly brief?: readonly string[]
}

/** So many lines are shown, and so many rows written as JSON, unless all are asked for. */
export const MOST_SHOWN = 40

/** How an answer is printed: whole, or its most important rows, and how many more there are. */
export function printedAnswer({ foot, parts = [], ...first }: AnswerText, all: boolean): string {
  const lists = [first, ...parts].map(({ brief, head, more = 0, rows }) => ({
    head,
    more,
    rows: all ? rows : (brief ?? rows),
  }))
  const others = lists.reduce((sum, { head }) => sum + head.length + 1, foot.length)
  const room = roomOf(
    lists.map(({ rows }) => rows.length),
    MOST_SHOWN - others,
  )
  const lines = lists.flatMap(({ head, more, rows }, at) => {
    const most = Math.max(1, room[at] as number)
    const hidden = more + Math.max(0, all ? 0 : rows.length - most)
    return [...head, ...(hidden > 0 ? [...rows.slice(0, most), `… ${hidden} more; --all shows them.`] : rows)]
  })
  return `${[...lines, ...foot].join('\n')}\n`
}

/** Gives each list what it needs, or an equal part of what the shorter ones leave. */
function roomOf(lengths: readonly number[], room: number): number[] {
  const given = lengths.map(() => 0)
  let left = room
  const shortestFirst = [...lengths.keys()].sort((a, b) => (lengths[a] as number) - (lengths[b] as number))
  for (const [done, at] of shortestFirst.entries()) {
    given[at] = Math.min(lengths[at] as number, Math.floor(left / (lengths.length - done)))
    left -= given[at] as number
  }
  return given
}
