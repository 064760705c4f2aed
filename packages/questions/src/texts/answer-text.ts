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
  /** The same with less important ones drawn together, for those who do not ask for all. Default: `rows`. */
  readonly brief?: readonly string[]
}

/** So many lines are shown unless all are asked for. */
const LINES = 40

/** How an answer is printed: whole, or its most important rows, and how many more there are. */
export function printedAnswer({ foot, parts = [], ...first }: AnswerText, all: boolean): string {
  const lists = [first, ...parts].map(({ brief, head, rows }) => ({
    head,
    rows: all ? rows : (brief ?? rows),
  }))
  const others = lists.reduce((sum, { head }) => sum + head.length + 1, foot.length)
  const room = roomOf(
    lists.map(({ rows }) => rows.length),
    LINES - others,
  )
  const lines = lists.flatMap(({ head, rows }, at) => {
    const most = Math.max(1, room[at] as number)
    const isCut = !all && rows.length > most
    return [
      ...head,
      ...(isCut ? [...rows.slice(0, most), `… ${rows.length - most} more; --all shows them.`] : rows),
    ]
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
