/**
 * Has standard output written synchronously. What a program writes to a slow reader would otherwise wait in its memory,
 * and come behind later lines of ours.
 */
export function blockOutput(): void {
  const { _handle: handle } = process.stdout as { _handle?: { setBlocking?(blocking: boolean): void } }
  handle?.setBlocking?.(true)
}
