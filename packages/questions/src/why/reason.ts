/** Why a line never ran. All lines are 1-based, and all of the source that the line is in. */
export type Reason =
  | NotLoaded
  | NeverCalled
  | NoInstance
  | NotTaken
  | NoRound
  | NotThrown
  | NotUsed
  | Left
  | Stopped

/** Its module was never evaluated. */
export interface NotLoaded {
  readonly kind: 'not loaded'
}

/** The function that it is in was never called, though it was defined. */
export interface NeverCalled extends Reached {
  readonly kind: 'never called'
  readonly name: string
  /** Other places with the name of the function: those from where it may be called. */
  readonly mentions: readonly Reached[]
}

/** It is what a field is given, and the class, which is in this line, never had an instance. */
export interface NoInstance extends Reached {
  readonly kind: 'no instance'
}

/** Execution came to where it takes one of several ways, and never took the one to the line. */
export interface NotTaken extends Reached {
  readonly kind: 'not taken'
  readonly branch: 'if' | 'switch' | '?:' | '&&' | '||' | '??'
  /** The place in `arms` of the one to the line. */
  readonly arm: number
  /** Both of them, or each clause of a `switch`; of `&&`, `||` and `??` the right side alone. */
  readonly arms: readonly Arm[]
}

export interface Arm {
  readonly line: number
  /** How often it was taken; undefined where nothing counts it. */
  readonly count: number | undefined
}

/** It is in the body of a loop that never had a round. */
export interface NoRound extends Reached {
  readonly kind: 'no round'
}

/** It is in a `catch`, and nothing was thrown. */
export interface NotThrown extends Reached {
  readonly kind: 'not thrown'
}

/** It is in a default value, and there always was another value. */
export interface NotUsed extends Reached {
  readonly kind: 'not used'
}

/** Execution left in front of it, by some of these. */
export interface Left extends Reached {
  readonly kind: 'left'
  readonly exits: readonly Exit[]
}

export interface Exit extends Reached {
  readonly kind: 'return' | 'throw' | 'break' | 'continue'
}

/** The statement in front of it was begun and never ended: something in it threw, never settled, or ended the process. */
export interface Stopped extends Reached {
  readonly kind: 'stopped'
}

/** A line, and how often execution arrived there. */
export interface Reached {
  readonly line: number
  readonly count: number
}
