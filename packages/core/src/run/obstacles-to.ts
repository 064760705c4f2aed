import { resolve } from 'node:path'
import { sentenceOf } from '../errors.ts'
import { obstacleTo } from '../files/obstacle-to.ts'

/** Where a run is going to write. */
export interface RunPlaces {
  /** Absolute path that the others start at. */
  readonly root: string
  /** The output folder; '' for none. */
  readonly coverdir: string
  /** The counts file; '' for none. */
  readonly file: string
}

/** What will keep a run from writing what it counts: sentences for before it begins. */
export function obstaclesTo({ coverdir, file, root }: RunPlaces): readonly string[] {
  const found = [
    coverdir === '' ? undefined : obstacleTo(resolve(root, coverdir), 'folder'),
    file === '' ? undefined : obstacleTo(resolve(root, file), 'file'),
  ]
  return found.flatMap((error) => (error ? [sentenceOf(error)] : []))
}
