import { nearestName, unknownOption } from '@tstrace/core/adapter'

/**
 * Checks that an object has no option but the known ones.
 *
 * @param where said in the message
 * @throws TstraceError `TST_OPTION_UNKNOWN`
 */
export function checkKnown(given: object, known: readonly string[], where: string): void {
  for (const name of Object.keys(given))
    if (!known.includes(name))
      throw unknownOption(`"${name}" in the options of ${where}`, nearestName(name, known), known)
}
