/** Instrumented code in two parts, for compilers that should only see the first. */
export interface SplitCode {
  /** The source with counters; what it calls is declared nowhere in it. */
  readonly body: string
  /** The declarations of what the body calls, plain JavaScript to stand anywhere at the top of the same file. */
  readonly helper: string
  /** What the body uses of the helper. */
  readonly names: readonly string[]
}

const HELPER = /function (cov_[0-9a-f]+)\(\)\{const f=\1f\(\),c=/g

/**
 * Takes the helper off the end of instrumented code. A compiler has less to digest then, and one that checks types
 * nothing to say about code that has none.
 *
 * @param code what `instrument` gave
 */
export function splitHelper(code: string): SplitCode {
  const found = [...code.matchAll(HELPER)].at(-1)
  if (!found) return { body: code, helper: '', names: [] }
  const [, name = ''] = found
  const body = code.slice(0, found.index)
  const used = new Set(body.match(new RegExp(`\\b${name}[a-z]?\\b`, 'g')))
  // These two are local variables of the body.
  for (const letter of 'tp') used.delete(name + letter)
  return { body, helper: code.slice(found.index), names: [...used] }
}
