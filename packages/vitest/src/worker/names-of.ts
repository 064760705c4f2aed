/** What a test has of its name. */
export interface NamedTask {
  readonly name: string
  readonly suite?: NamedTask
}

/** The names of the blocks around a test, then its own. */
export function namesOf({ name, suite }: NamedTask): readonly string[] {
  return suite?.name ? [...namesOf(suite), name] : [name]
}
