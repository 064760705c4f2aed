/** A file of a report before it is written. */
export interface OutputFile {
  /** Inside the output folder, with `/`. */
  readonly path: string
  /**
   * Some are made when they are asked for, and not kept: ask once, and late. Long ones come in pieces; one of bytes holds until the
   * next one is asked for.
   */
  readonly text: string | Iterable<string | Uint8Array>
  /** Path of the source that this is the listing of, as in the results; none where it is not a listing. */
  readonly listingOf?: string
}
