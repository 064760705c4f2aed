import { printableLines } from '@tstrace/results/printable'
import { linesFor, type Screen, screenOf } from '@tstrace/results/screen'
import { isForPeople, isForPrograms, type Vitest } from '../vitest-versions.ts'

/** Prints what a run has to say. Where no reporter speaks to people, standard output may be what a program reads. */
export function printReport(vitest: Vitest, text: string): void {
  if (isReadByPrograms(vitest)) vitest.logger.error(printableLines(text))
  else vitest.logger.log(linesFor(screenFor(vitest), text))
}

/** What that is printed on, as Vitest sees it, which shows its colours in the logs of CI, too. */
export function screenFor(vitest: Vitest): Screen | undefined {
  if (isReadByPrograms(vitest)) return undefined
  return screenOf(process.stdout, { argv: process.argv, env: process.env, inCi: true })
}

function isReadByPrograms({ reporters = [] }: Vitest): boolean {
  return reporters.some(isForPrograms) && !reporters.some(isForPeople)
}
