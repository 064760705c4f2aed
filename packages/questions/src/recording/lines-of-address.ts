/** A place as we write it, `src/a.ts:4-10`, from the end of an address of code on the web, `src/a.ts#L4-L10`. */
export function linesOfAddress(word: string): string {
  return word.replace(/#L(\d+)(?:C\d+)?(?:-L?(\d+)(?:C\d+)?)?$/, (_, from, to) =>
    to ? `:${from}-${to}` : `:${from}`,
  )
}
