import { readFileSync } from 'node:fs'

/** Where the chunks of sources go into the application. */
const CHUNKS = '<!--chunks-->'
/** Where what is shown first goes, which is there before the application begins. */
const OVERVIEW = '<!--overview-->'

/**
 * The built application, which stands beside the built writer: what stands in front of what is shown first, between that and the
 * other chunks, and behind them.
 */
export function application(): [head: string, middle: string, end: string] {
  const text = readFileSync(new URL('./page.html', import.meta.url), 'utf8')
  const [head, rest] = halves(text, OVERVIEW)
  return [head, ...halves(rest, CHUNKS)]
}

function halves(text: string, mark: string): [before: string, behind: string] {
  const at = text.indexOf(mark)
  return [text.slice(0, at), text.slice(at + mark.length)]
}
