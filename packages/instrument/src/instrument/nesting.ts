/** Brackets in brackets: the parser, which is native, ends the whole process some way above that, and sooner in threads. */
const MOST_NESTED = 1000

const TEXTS = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gs

/** Whether a text has more brackets in each other than can be parsed. */
export function isNestedTooDeeply(source: string): boolean {
  // Brackets in literals have no partner, and a long file may have many of them.
  return depthOf(source) > MOST_NESTED && depthOf(source.replaceAll(TEXTS, '')) > MOST_NESTED
}

function depthOf(source: string): number {
  let depth = 0
  let most = 0
  for (let at = 0; at < source.length; at++) {
    const unit = source.charCodeAt(at)
    if (unit === OPEN || unit === OPEN_LIST || unit === OPEN_BLOCK) {
      depth++
      if (depth > most) most = depth
    } else if ((unit === CLOSE || unit === CLOSE_LIST || unit === CLOSE_BLOCK) && depth > 0) depth--
  }
  return most
}

const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, OPEN_BLOCK, CLOSE_BLOCK] = [40, 41, 91, 93, 123, 125]
