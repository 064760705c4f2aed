import type { CallNode } from '@tstrace/questions'
import type { FunctionReference } from '@tstrace/results'

/** A box of the drawing. */
export interface Box {
  readonly function: FunctionReference
  /** -2 for the callers of callers, 0 for the function itself, 2 for those called by what it calls. */
  readonly column: number
  readonly top: number
  /** How many more there are, which are not drawn; then it stands for no function. */
  readonly more?: number
}

/** An arrow between two boxes, by their places. */
export interface Arrow {
  readonly from: number
  readonly to: number
  readonly calls: number
}

export interface Drawing {
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
  readonly height: number
}

export const BOX = { height: 34, gap: 8 } as const

/** So many are drawn beside the function, and so many beside each of those. */
const MOST = [6, 2] as const

/** Where the callers and callees of a function are drawn; of each level those with the most calls. */
export function drawingOf(
  one: FunctionReference,
  callers: readonly CallNode[],
  callees: readonly CallNode[],
): Drawing {
  const boxes: Box[] = []
  const arrows: Arrow[] = []
  const heights = [callers, callees].map((nodes, side) => {
    const sign = side === 0 ? -1 : 1
    return draw({ nodes, sign, boxes, arrows })
  })
  const height = Math.max(BOX.height, ...heights.map(({ height }) => height))
  // Each side is in the middle of the whole, and so is the function.
  const shifted = boxes.map((box) => {
    const own = heights[box.column < 0 ? 0 : 1] as { readonly height: number }
    return { ...box, top: box.top + (height - own.height) / 2 }
  })
  const middle = shifted.push({ function: one, column: 0, top: (height - BOX.height) / 2 }) - 1
  const joined = arrows.map(({ calls, from, to }) => ({
    calls,
    from: from < 0 ? middle : from,
    to: to < 0 ? middle : to,
  }))
  return { boxes: shifted, arrows: joined, height }
}

interface Side {
  readonly nodes: readonly CallNode[]
  /** -1 for callers, 1 for callees. */
  readonly sign: number
  readonly boxes: Box[]
  readonly arrows: Arrow[]
}

const STEP = BOX.height + BOX.gap

function draw({ arrows, boxes, nodes, sign }: Side): { readonly height: number } {
  let top = 0
  const join = (near: number, far: number, calls: number): void => {
    arrows.push(sign < 0 ? { from: far, to: near, calls } : { from: near, to: far, calls })
  }
  for (const node of nodes.slice(0, MOST[0])) {
    const start = top
    const below = node.below.slice(0, MOST[1])
    const far = below.map((next) => {
      const place = boxes.push({ function: next.function, column: 2 * sign, top }) - 1
      top += STEP
      return { place, calls: next.calls }
    })
    const others = node.below.length - below.length
    if (others > 0) {
      boxes.push({ function: node.function, column: 2 * sign, top, more: others })
      top += STEP / 2
    }
    if (top === start) top += STEP
    const place = boxes.push({ function: node.function, column: sign, top: (start + top - STEP) / 2 }) - 1
    join(-1, place, node.calls)
    for (const next of far) join(place, next.place, next.calls)
  }
  const others = nodes.length - MOST[0]
  if (others > 0) {
    boxes.push({ function: { path: '', name: '' }, column: sign, top, more: others })
    top += STEP / 2
  }
  return { height: Math.max(0, top - BOX.gap) }
}
