/*
 * The first setup file of projects whose test files no runner of ours begins: tells the half of tstrace that runs beside the tests
 * that a test file begins. Vitest takes a `.mts` file through Vite and evaluates it once per test file, so there is little in it;
 * what it loads is loaded once in a process, and stays as fast as V8 has made it.
 */
import { afterAll, afterEach, beforeEach, inject } from 'vitest'
import type { BesideTests } from './begin-test-file.ts'
import type { NamedTask } from './names-of.ts'
import type { LinesBesideTests } from './show-lines.ts'
import { ORDERS_KEY, type WorkerOrders } from './worker-orders.ts'

/** When hooks of ours time out: what they take is no failure of a test. */
const NEVER = 0

// From the process itself: tests mock Node's modules.
const { createRequire } = process.getBuiltinModule('node:module')
const load = createRequire(import.meta.url)
const orders = (inject as (key: string) => WorkerOrders)(ORDERS_KEY)
const { beginTestFile }: BesideTests = load('./begin-test-file.cjs')
const lines: LinesBesideTests | undefined = orders.trace && load('./show-lines.cjs')

const { afterFile, afterTest, beforeTest } = beginTestFile(globalThis, orders, lines?.showLines)
if (beforeTest) beforeEach(({ task }) => beforeTest(task as NamedTask), NEVER)
if (afterTest) afterEach(() => afterTest(), NEVER)
afterAll(() => afterFile(), NEVER)
