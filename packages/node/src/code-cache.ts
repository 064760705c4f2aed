import { RULES_HASH } from '@tstrace/instrument/build'
import { keepFiles, keptFolder } from '@tstrace/results/files'
import { CODE_FILE, type CodeCache } from './orders.ts'
import { guestFiles } from './own-file.ts'

/** Of how many sources code is kept: programs load some hundred, and some load files with another name each time. */
const MOST = 2000

/** Where code with counters is kept; undefined where nothing is: in CI nobody starts again, and who is not installed has no place. */
export function codeCache(): CodeCache | undefined {
  const [guest = ''] = guestFiles()
  const folder = process.env.CI ? undefined : keptFolder(guest)
  return folder === undefined ? undefined : { folder, build: RULES_HASH }
}

/**
 * Keeps what the processes of a program have left, for later runs.
 *
 * @param run the folder of the run
 */
export function keepCode(run: string, { folder }: CodeCache): void {
  keepFiles({ from: run, folder, ending: CODE_FILE, most: MOST })
}
