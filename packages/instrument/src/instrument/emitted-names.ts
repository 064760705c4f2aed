/** Every name in emitted code starts with this: babel-plugin-jest-hoist accepts `cov…` in mock factories. */
export const PREFIX = 'cov_'

/**
 * What the helper declares for the body, which names it by the name of the file's helper and this letter: `cov_ab12s`.
 * What each does stands beside its code in `helper.ts`.
 */
export type HelperPart = 'a' | 'b' | 'c' | 'e' | 'g' | 'h' | 'l' | 'm' | 'n' | 'o' | 'r' | 's' | 'w' | 'x'

/** What functions declare for themselves: `t` holds the counts, `p` who is below on the call stack. */
export type LocalPart = 'p' | 't'

/** One of these names, be it with an escape for one of its characters; or what gives local names to text nobody sees. */
const MAY_CLASH = /(?<![\w$])[pt]\$|\\u(?:00(?:24|70|74)|\{0*(?:24|70|74)\})|\beval\s*[()]|\bwith\s*\(/

/**
 * How functions name what they declare for themselves: shorter than what a file shares, for that may be visible to other files, and
 * these stand at every counter. Undefined where the source may have such a name, or may give one to text that it evaluates.
 */
export function shortLocals(source: string): Readonly<Record<LocalPart, string>> | undefined {
  return MAY_CLASH.test(source) ? undefined : { p: 'p$', t: 't$' }
}

const EMITTED = new RegExp(`^${PREFIX}[0-9a-f]+[a-z]?$`)

/** Whether a name may be one that stands in emitted code and nowhere in its source. */
export function isEmittedName(name: string): boolean {
  return EMITTED.test(name)
}

/**
 * The name of a file's helper, which the source has nowhere.
 *
 * @param id hexadecimal digits that no other file has
 */
export function helperName(source: string, id: string): string {
  for (let length = 6; ; length++) {
    const name = PREFIX + id.slice(0, length)
    if (length >= id.length || !source.includes(name)) return name
  }
}
