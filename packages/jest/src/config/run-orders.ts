import type { TraceOrders } from '@tstrace/core/live'
import type { ChildOrders } from '@tstrace/core/worker'
import type { GlobalConfig } from '../jest-versions.ts'

/** What workers have to know of a run, and what may differ from run to run. */
export interface RunOrders {
  /** Absolute path of the folder in which they leave their counts. */
  readonly folder: string
  /** Absolute path of the folder that paths of sources start at. */
  readonly root: string
  /** Whether the arms of branches are counted. */
  readonly branches: boolean
  /** Whether they say which test was running. */
  readonly contexts?: boolean | undefined
  /** How they show lines; undefined where they do not. */
  readonly lines?: TraceOrders
  /** About what tests start; undefined where nothing can be left for that. */
  readonly children?: ChildOrders
  /** Whether they leave there which files they load. */
  readonly debug?: boolean
}

/** Jest ships the reporter's own options to every worker with every test file; the orders travel in them. */
const KEY = '__tstrace'

/** Options of a reporter as the user wrote them; none of them is read. */
export function withoutOrders(options: object): object {
  const { [KEY]: _, ...own } = Object.getOwnPropertyDescriptors(options) as PropertyDescriptorMap
  return Object.defineProperties({}, own)
}

/**
 * Puts the orders of a run into the options of our entry in `reporters`.
 * @param options The object that is part of the global configuration.
 */
export function setOrders(options: object, orders: RunOrders): void {
  if (Object.isExtensible(options) || KEY in options) Object.assign(options, { [KEY]: orders })
}

/** Undefined where the run is not traced. */
export function ordersIn({ reporters = [] }: GlobalConfig): RunOrders | undefined {
  for (const entry of reporters) {
    const options = (typeof entry === 'string' ? undefined : entry[1]) as { [KEY]?: RunOrders } | undefined
    if (options?.[KEY] !== undefined) return options[KEY]
  }
  return undefined
}
