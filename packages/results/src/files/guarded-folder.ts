import { TstraceError } from '../errors.ts'
import { makeFolders } from './make-folders.ts'

/*
 * Also beside the user's tests: modules come from the process itself, because tests mock modules, and are taken before a
 * test can replace what is in them.
 */
const { lstatSync, openSync, realpathSync, unlinkSync } = process.getBuiltinModule('node:fs')
const { dirname, isAbsolute, relative, resolve, sep } = process.getBuiltinModule('node:path')

/** An output folder: whatever is written by paths below it stays in it, also where there are links. */
export class GuardedFolder {
  readonly #folder: string
  readonly #checked = new Set<string>()
  #root: string | undefined

  constructor(folder: string) {
    this.#folder = resolve(folder)
    this.#checked.add(this.#folder)
  }

  /**
   * The absolute path of a place in the folder; nothing is looked at.
   *
   * @throws TstraceError `TST_OUTSIDE_FOLDER` when the path leads out
   */
  placeOf(path: string): string {
    const place = resolve(this.#folder, path)
    if (isAbsolute(path) || place === this.#folder || !isInside(place, this.#folder))
      throw this.#outside(path)
    return place
  }

  /**
   * Makes the folder if it is not there.
   *
   * @throws what the operating system says
   */
  make(): string {
    makeFolders(this.#folder)
    this.#root ??= realpathSync(this.#folder)
    return this.#root
  }

  /**
   * Makes the folders that lead to a place. Links on the way may lead to other parts of the folder.
   *
   * @param place of `placeOf`
   * @throws TstraceError `TST_OUTSIDE_FOLDER` where one leads out; what the operating system says
   */
  makeWayTo(place: string): void {
    this.make()
    this.#makePart(dirname(place))
  }

  /** Whether a place of `placeOf` is in the folder when links are followed, but for its own. It is not made. */
  isInside(place: string): boolean {
    return isInside(realpathSync(dirname(place)), realpathSync(this.#folder))
  }

  /**
   * Opens a new file for writing. What has its name is removed, and never written to: it may be a link, or have another name
   * elsewhere.
   *
   * @param place of `placeOf`
   * @returns its descriptor
   * @throws as `makeWayTo`
   */
  openNew(place: string): number {
    this.makeWayTo(place)
    try {
      unlinkSync(place)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
    return openSync(place, 'wx')
  }

  #makePart(folder: string): void {
    if (this.#checked.has(folder)) return
    this.#makePart(dirname(folder))
    if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
      if (!isInside(realpathSync(folder), this.#root as string)) throw this.#outside(folder)
    } else makeFolders(folder)
    this.#checked.add(folder)
  }

  #outside(path: string): TstraceError {
    const message = `The path ${JSON.stringify(path)} leads out of the output folder ${this.#folder}.`
    return new TstraceError(
      'TST_OUTSIDE_FOLDER',
      `${message} Nothing was written there; remove the link or the path.`,
    )
  }
}

function isInside(place: string, root: string): boolean {
  const way = relative(root, place)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
