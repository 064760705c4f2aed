import { test } from 'vitest'

/** Whether every row of every matrix runs, as in `npm run test:all`. */
export const IS_WHOLE: boolean = process.env.TEST_MATRIX === 'whole'

/** The values of each factor, by its name. */
type Factors = Readonly<Record<string, readonly (string | number)[]>>
type Row<Of extends Factors> = { readonly [Name in keyof Of]: Of[Name][number] }

/**
 * The rows of a matrix that run: all of them in `npm run test:all`, else as few as have every value (`together` is 1),
 * or every pair of values of two factors (2), that any of them has.
 * @param isPossible Leaves out what there cannot be.
 */
export function rowsOf<const Of extends Factors>(
  factors: Of,
  together: 1 | 2,
  isPossible: (row: Row<Of>) => boolean = () => true,
): Row<Of>[] {
  const all = product(factors).filter(isPossible)
  return IS_WHOLE ? all : covering(all, together)
}

function product<Of extends Factors>(factors: Of): Row<Of>[] {
  const rows = Object.entries(factors).reduce<Record<string, unknown>[]>(
    (shorter, [name, values]) => values.flatMap((value) => shorter.map((row) => ({ ...row, [name]: value }))),
    [{}],
  )
  return rows as Row<Of>[]
}

/**
 * Takes the row that adds most, again and again; of those that add as much, the one whose values were taken least.
 * (covertable, the library for this, drops values without a word where some rows are impossible.)
 */
export function covering<Row extends object>(rows: readonly Row[], together: 1 | 2): Row[] {
  const left = new Set(rows.flatMap((row) => combinations(row, together)))
  const taken: Row[] = []
  const gain = (row: Row): number => combinations(row, together).filter((one) => left.has(one)).length
  const uses = (row: Row): number => {
    const values = combinations(row, 1)
    return taken.flatMap((other) => combinations(other, 1)).filter((one) => values.includes(one)).length
  }
  while (left.size > 0) {
    const most = Math.max(...rows.map(gain))
    const [best] = rows.filter((row) => gain(row) === most).sort((a, b) => uses(a) - uses(b))
    taken.push(best as Row)
    for (const one of combinations(best as Row, together)) left.delete(one)
  }
  return taken
}

/** The values of a row, or the pairs of them. */
function combinations(row: object, together: 1 | 2): string[] {
  const values = Object.entries(row).map(([name, value]) => `${name}: ${value}`)
  if (together === 1) return values
  return values.flatMap((value, i) => values.slice(i + 1).map((other) => `${value}, ${other}`))
}

/**
 * `test` for scenarios that stand in a `describe.each` over versions: each of them runs in one version, by turns, and in all of
 * them in `npm run test:all`. For what does not depend on the version but by mistake.
 * @param version Which of the versions this call of the describe is for.
 */
export function inTurn<Version>(versions: readonly Version[], version: Version): typeof test {
  if (IS_WHOLE) return test
  const isDue = turnsOf(versions, version)
  const each = (rows: readonly unknown[]) => {
    const due = rows.filter(isDue)
    return due.length > 0 ? test.each(due) : () => {}
  }
  const one = (...scenario: Parameters<typeof test>): void => {
    if (isDue()) test(...scenario)
  }
  return Object.assign(one, { each }) as unknown as typeof test
}

/** The oldest and the newest, for `inTurn` where there are fewer scenarios than versions; all of them in `npm run test:all`. */
export function outermost<Version>(versions: readonly Version[]): readonly Version[] {
  return IS_WHOLE ? versions : versions.filter((_, at) => at === 0 || at === versions.length - 1)
}

/** Says of each further scenario whether it is the turn of this version: of any scenario exactly one of the versions says so. */
export function turnsOf<Version>(versions: readonly Version[], version: Version): () => boolean {
  let turn = versions.indexOf(version)
  return () => turn++ % versions.length === 0
}
