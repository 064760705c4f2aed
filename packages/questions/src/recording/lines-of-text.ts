/** The lines of a text, without their ends, as listings have them. */
export function linesOfText(text: string): string[] {
  return text.split(/\r\n|\r|\n/)
}
