import { TstraceError } from '@tstrace/results/errors'
import { type FolderTarget, type Target, targetText } from './target.ts'

/** @throws TstraceError `TST_TARGET_UNKNOWN` for a folder */
export function refuseFolder(target: Target): Exclude<Target, FolderTarget> {
  if (target.kind !== 'folder') return target
  throw new TstraceError(
    'TST_TARGET_UNKNOWN',
    `"${targetText(target)}" is a folder, and only sources are shown. Name one, lines of it, or a function; --missing takes folders.`,
  )
}
