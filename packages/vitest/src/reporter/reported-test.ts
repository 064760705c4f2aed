/** A test, or what is around one, as Vitest tells reporters of it. */
export interface TestOrSuite {
  /** `test`, `suite`, or `module` for the test file. */
  readonly type: string
  /** A test file has none. */
  readonly name?: string
  readonly parent?: TestOrSuite
}

export interface ReportedTest extends TestOrSuite {
  result(): { readonly state: string }
}
