import type { FilterOptions } from '../filter/source-filter.ts'

/** How the modules are instrumented that a process in which tests run loads by itself. */
export interface NativeOrders {
  /** Absolute path of the CommonJS file that does it, `NativeTracing`. */
  readonly file: string
  /** Absolute path of the folder of the run. */
  readonly folder: string
  /** Absolute path that names are relative to, links resolved. */
  readonly root: string
  readonly branches: boolean
  readonly calls: boolean
  readonly live: boolean
  /** The verdict on each file is left in the folder of the run. */
  readonly debug: boolean
  readonly filters: FilterOptions
}

/** What is in that file. */
export interface NativeTracing {
  /** Has every module that is loaded from now on instrumented, if it is traced; problems come as sentences for the report. */
  traceNative(orders: NativeOrders, onProblem: (problem: string) => void): void
}
