/**
 * Where options are given: a test runner, `tstrace …`, a question as `tstrace tests …`, and what the programming interface
 * takes them in.
 */
export type Place = 'reporters' | 'command' | 'questions' | 'Trace' | 'CoverageResults' | 'writeResults'

/** A default in words, for the documentation: whoever reads the option works it out. */
export interface Follows {
  readonly follows: string
}

interface Words<Value> {
  /** Where the option holds, and what it is there unless it is given. */
  readonly defaults: { readonly [At in Place]?: Value | Follows }
  /** What it does, in Markdown, for help and documentation. */
  readonly text: string
  /** The same where other words are needed. */
  readonly textIn?: { readonly [At in Place]?: string }
  /** Letter of the short form on a command line. The long form is the name: `--ignore-dir` for `ignoreDir`. */
  readonly short?: string
  /** The long form where it is not the name: a list that is `formats` in an object is given as `--format` once for each. */
  readonly long?: string
  /** Where the help of the command has it. */
  readonly group?: 'main' | 'modifiers' | 'filters'
  /** Python's name for it, which holds beside ours. */
  readonly python?: { readonly [At in Place]?: string }
  /** Whether other code is made of a source: what runners cache has to be told apart by it. */
  readonly changesCode?: true
  /** Name of an option beside which it cannot be given. */
  readonly notBeside?: string
  /** Name of a list, a text or a flag without which it makes no sense. */
  readonly needs?: string
  /** The only thing that the command does with it, where it can do two: run a program, or `--report`. */
  readonly only?: 'program' | 'report'
}

export interface FlagRow extends Words<boolean> {
  readonly kind: 'flag'
}

/** A flag that can also have one of some values. */
export interface ChoiceRow extends Words<boolean> {
  readonly kind: 'choice'
  readonly choices: { readonly [At in Place]?: readonly string[] }
}

/** One of some words. */
export interface WordRow extends Words<string> {
  readonly kind: 'word'
  /** What stands for the value in help and documentation. */
  readonly value: string
  readonly words: readonly string[]
}

/** A whole number from 1 up. */
export interface NumberRow extends Words<number> {
  readonly kind: 'number'
  /** What stands for the value in help and documentation. */
  readonly value: string
}

/** A number from 0 to 100. */
export interface PercentRow extends Words<number> {
  readonly kind: 'percent'
  /** What stands for the value in help and documentation. */
  readonly value: string
}

export interface TextRow extends Words<string> {
  readonly kind: 'text'
  /** What stands for the value in help and documentation. */
  readonly value: string
  /** Where several can be given, so that there is always a list. */
  readonly several?: readonly Place[]
}

export interface ListRow extends Words<readonly string[]> {
  readonly kind: 'list'
  readonly value: string
  /** What divides several values in one string; none where each value needs its own option. */
  readonly divider?: 'comma' | 'path delimiter'
  /** What each value must be one of. Default: any text. */
  readonly words?: readonly string[]
}

export type OptionRow = FlagRow | TextRow | ListRow | ChoiceRow | WordRow | NumberRow | PercentRow

/** Every field that a row can have. */
export type RowField = {
  [Kind in OptionRow['kind']]: keyof Extract<OptionRow, { kind: Kind }>
}[OptionRow['kind']]
