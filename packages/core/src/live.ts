/*
 * What shows lines while they run, beside the user's tests: few ask for it, and it loads more of Node than all else there.
 */
export { type ShownTestFile, TestLines } from './live/test-lines.ts'
export type { TraceOrders } from './live/trace-orders.ts'
