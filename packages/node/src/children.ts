/*
 * For the main halves of adapters: what the tests of a run start, and what they load by themselves.
 */

export { loadedElsewhere, takeLostChildren, uncountedChildren } from './children/child-losses.ts'
export { childOrders, type LoadingInput, nativeOrders } from './children/child-orders.ts'
