/** Istanbul's items of a program, each by its kind and place, with its number: `statement 1:0-1:12` → `3`. */
export type Items = ReadonlyMap<string, string>

interface Spot {
  readonly line?: number | undefined
  readonly column?: number | null | undefined
}
interface Span {
  readonly start: Spot
  readonly end: Spot
}
export interface Coverage {
  readonly statementMap: Readonly<Record<string, Span>>
  readonly fnMap: Readonly<Record<string, { readonly decl: Span; readonly loc: Span }>>
  readonly branchMap: Readonly<
    Record<string, { readonly type: string; readonly loc: Span; readonly locations: readonly Span[] }>
  >
  readonly s: Readonly<Record<string, number>>
  readonly f: Readonly<Record<string, number>>
  readonly b: Readonly<Record<string, readonly number[]>>
}

export function itemsOf({ b, branchMap, f, fnMap, s, statementMap }: Coverage): Items {
  return new Map([
    ...Object.entries(statementMap).map(([id, span]) => [`statement ${shown(span)}`, String(s[id])] as const),
    ...Object.entries(fnMap).map(
      ([id, { decl, loc }]) => [`function ${shown(decl)} ${shown(loc)}`, String(f[id])] as const,
    ),
    ...Object.entries(branchMap).map(
      ([id, { loc, locations, type }]) =>
        [`${type} ${[loc, ...locations].map(shown).join(' ')}`, String(b[id])] as const,
    ),
  ])
}

function shown({ end, start }: Span): string {
  return start.line === undefined ? '-' : `${start.line}:${start.column}-${end.line}:${end.column}`
}
