import { readFileSync } from 'node:fs'

/** A command of a page, and what the page says it prints. */
export interface Shown {
  /** Behind `npx tstrace`. */
  readonly words: readonly string[]
  readonly printed: string
}

/** The questions on a page, with their answers. */
export function shownOn(page: string): Shown[] {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8')
  const blocks = [...text.matchAll(/^```sh\nnpx tstrace ([^\n]*)\n```\n\n```(?:text|json)\n(.*?)^```$/gms)]
  return blocks.map(([, line = '', printed = '']) => ({ words: wordsOf(line), printed }))
}

/** Words of a command line, with quotes around those that have blanks. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

/** Without what differs from run to run and from runner to runner. */
export function steady(text: string): string {
  return text
    .replaceAll(/^(From \S+: run of ).*\.$/gm, '$1…')
    .replaceAll(/"(started|commit|runner)": "[^"]*"/g, '"$1": "…"')
}
