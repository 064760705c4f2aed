import * as nodeModule from 'node:module'

/** Whether this Node has hooks that see every module, required ones too, in the thread that runs it (22.15 and later). */
export function hasSynchronousHooks(): boolean {
  return 'registerHooks' in nodeModule
}

/** Whether this Node runs TypeScript by leaving out its types. */
export function stripsTypes(): boolean {
  return Boolean((process.features as { typescript?: unknown }).typescript)
}
