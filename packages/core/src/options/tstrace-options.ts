import type { Follows, OptionRow, Place, RowField } from './option-row.ts'
import type { OPTIONS } from './option-table.ts'

/** The table, if every row is one that can be. */
export type Checked<
  Rows extends {
    [Name in keyof Rows]: OptionRow & { [Field in Exclude<keyof Rows[Name], RowField>]: never }
  },
> = Rows

type Table = Checked<typeof OPTIONS>

/** Names of the options that hold at a place. */
type NamesAt<At extends Place> = {
  [Name in keyof Table]: At extends keyof Table[Name]['defaults'] ? Name : never
}[keyof Table]

type ValueAt<Row, At extends Place> = Row extends { kind: 'list' }
  ? Row extends { words: readonly (infer Word)[] }
    ? readonly Word[]
    : readonly string[]
  : Row extends { words: readonly (infer Word)[] }
    ? Word
    : Row extends { kind: 'number' | 'percent' }
      ? number
      : Row extends { kind: 'text' }
        ? Row extends { several: readonly (infer Where)[] }
          ? At extends Where
            ? readonly string[]
            : string
          : string
        : Row extends { choices: { [Where in At]: readonly (infer Choice)[] } }
          ? boolean | Choice
          : boolean

// The rows are a parameter, for only then do editors show their comments.
type Complete<Rows, Names extends keyof Rows, At extends Place> = {
  readonly [Name in Names]:
    | ValueAt<Rows[Name], At>
    | (Rows[Name] extends { defaults: { [Where in At]: Follows } } ? undefined : never)
}

type Given<Rows, Names extends keyof Rows, At extends Place> = {
  -readonly [Name in Names]?: ValueAt<Rows[Name], At> extends readonly (infer Item)[]
    ? Item | readonly Item[]
    : ValueAt<Rows[Name], At>
}

/** All options of a place; undefined only where the default is in words and nothing was given. */
export type OptionsAt<At extends Place> = Complete<Table, NamesAt<At>, At>

/** What can be given at a place, under our names: any of them, a list also as a single string. */
export type GivenAt<At extends Place> = Given<Table, NamesAt<At>, At>

/** The same under Python's names where it has others. */
export type PythonNamesAt<At extends Place> = {
  [Name in keyof Table as Table[Name] extends { python: { [Where in At]: infer Alias extends string } }
    ? Alias
    : never]?: GivenAt<At>[Name & NamesAt<At>]
}

/** The options of the test runners, complete. Paths are as given: relative ones start at the project root. */
export type TstraceOptions = OptionsAt<'reporters'>

/** The same, and where they come from. */
export type ResolvedOptions = TstraceOptions & {
  /** Names of those that `tstrace.config.*` gives and nobody else. Default: none. */
  readonly fromFile?: ReadonlySet<string>
}

/** What one source of a test runner's options says. */
export type GivenOptions = GivenAt<'reporters'>

type CodeNames = {
  [Name in NamesAt<'reporters'>]: Table[Name] extends { changesCode: true } ? Name : never
}[NamesAt<'reporters'>]

/** The options that change what is made of a source; of a choice, whether it is on. */
export type CodeOptions = {
  readonly [Name in CodeNames]: Table[Name] extends { kind: 'choice' } ? boolean : TstraceOptions[Name]
}
