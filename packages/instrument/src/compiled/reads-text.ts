/*
 * Compilers whose output depends on how a source is written, and not only on what it does: with counters in front of them it is
 * another, so that those go behind. What such a compiler has read shows in what it made.
 */
const MARKS: readonly RegExp[] = [
  // React Compiler: it memoizes what it takes for pure, and counting is not. Vite makes paths of what is imported.
  /["'][^"'\n]*\breact[/_-]compiler-runtime\b[^"'\n]*["']/,
  // styled-components: class names are a hash of the text.
  /\bcomponentId: ?["'](?:[\w-]*__)?sc-[\da-z]+-\d+["']/,
  // Emotion: styles have a source map in them, with the text.
  /\/\*# sourceMappingURL=data:application\/json;charset=utf-8;base64,/,
  // Worklets: functions are sent to another engine as texts.
  /\.__workletHash = \d/,
]

/** Whether a compiler has made something of how a source is written, so that counters have to stand behind it. */
export function readsText(compiled: string, source: string): boolean {
  return MARKS.some((mark) => mark.test(compiled) && !mark.test(source))
}
