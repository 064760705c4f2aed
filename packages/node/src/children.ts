/*
 * For the main halves of adapters: what the tests of a run start.
 */

export { loadedByChildren, takeLostChildren, uncountedChildren } from './children/child-losses.ts'
export { type ChildOrdersInput, childOrders } from './children/child-orders.ts'
