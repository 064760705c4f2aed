/** A text as the value of an attribute in double quotes; line ends and tabs stay what they are. */
export function attribute(text: string): string {
  return text.replaceAll(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}

const SPECIAL = '&<>"\'\t\n\r'
/** The first of the characters that stand for these: Unicode has them for use inside of programs, and `refusedByXml` refuses them. */
const FIRST = 0xfdd0

/** A text on its way through a writer of XML that may escape what it writes, or may not. */
export function standIns(text: string): string {
  return text.replaceAll(/[&<>"'\t\n\r]/g, (character) =>
    String.fromCharCode(FIRST + SPECIAL.indexOf(character)),
  )
}

/** What that has written, with the texts as they are, escaped once. */
export function withoutStandIns(xml: string): string {
  return xml.replaceAll(/[\uFDD0-\uFDD7]/g, (character) =>
    attribute(SPECIAL.charAt(character.charCodeAt(0) - FIRST)),
  )
}

/** Why XML cannot hold a text, as the end of a sentence; undefined where it can. */
export function refusedByXml(text: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return /[\0-\x08\x0B\x0C\x0E-\x1F\uFDD0-\uFDEF\uFFFE\uFFFF\uD800-\uDFFF]/u.test(text)
    ? 'XML has no way to write a control character that is in its path'
    : undefined
}
