/** Where one who reads sees a line end. */
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/

/** What acts on a terminal, or on how what stands beside it is shown. */
const ACTS = /(?!\t)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u

/**
 * The lines of an output that services for CI take for commands: GitHub's runner, where `::` begins a line but for white
 * space; it, Azure, and TeamCity, where the others stand anywhere.
 */
export function commandsIn(output: string): string[] {
  return output.split(LINE_END).filter((line) => /^\s*::|##(\[|vso\[|teamcity\[)/i.test(line))
}

/** The lines of an output in which something acts on who shows or reads it. */
export function forgeries(output: string): string[] {
  const acting = output.split(/\r?\n/).filter((line) => ACTS.test(line))
  return [...new Set([...acting, ...commandsIn(output)])]
}
