/** URL of the hooks for a Node that runs them in a thread of their own. */
export const HOOKS_URL: string = new URL('./load/module-hooks.js', import.meta.url).href
