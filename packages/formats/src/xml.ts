/** A text as the value of an attribute in double quotes; line ends and tabs stay what they are. */
export function attribute(text: string): string {
  return text.replaceAll(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Why XML cannot hold a text, as the end of a sentence; undefined where it can. */
export function refusedByXml(text: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\uD800-\uDFFF]/u.test(text)
    ? 'XML has no way to write a control character that is in its path'
    : undefined
}
