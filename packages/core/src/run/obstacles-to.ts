import { resolve } from 'node:path'
import { sentenceOf } from '@tstrace/results/errors'
import { obstacleTo } from '@tstrace/results/files'
import type { TstraceOptions } from '../options/tstrace-options.ts'

/**
 * What will keep a run from writing what it counts: sentences for before it begins. A program may run for hours, and whoever started it can
 * still stop it; in front of what a test runner prints nobody looks.
 *
 * @param root absolute path of the folder that names are relative to
 */
export function obstaclesTo(
  root: string,
  { coverdir, file, noReport }: Pick<TstraceOptions, 'coverdir' | 'file' | 'noReport'>,
): readonly string[] {
  const found = [
    noReport || coverdir === '' ? undefined : obstacleTo(resolve(root, coverdir), 'folder'),
    file === '' ? undefined : obstacleTo(resolve(root, file), 'file'),
  ]
  return found.flatMap((error) => (error ? [sentenceOf(error)] : []))
}
