import type { LiveFile } from '@tstrace/instrument/runtime'

/** Who shows lines, as `TestLines` does. */
interface Shown {
  readonly live: (path: string) => LiveFile
  begin(names: readonly string[]): void
}

/** Shows what a page has noted, as it would have been shown where it ran. */
export class ReplayedLines {
  /** Seconds from the beginning of the test file to what is being shown. */
  seconds = 0
  readonly #files: LiveFile[] = []

  /** @param rows as `RecordedLines` notes them */
  show(rows: string, shown: Shown): void {
    for (const row of rows.split('\n')) this.#showRow(row, shown)
  }

  #showRow(row: string, shown: Shown): void {
    if (row.startsWith('f')) this.#files.push(shown.live(JSON.parse(row.slice(1))))
    else if (row.startsWith('t')) shown.begin(JSON.parse(row.slice(1)))
    else this.#showStep(row)
  }

  #showStep(row: string): void {
    const [, entered = '', file = '', what = '', , milliseconds] =
      /^(e?)(\d+):("(?:[^"\\]|\\.)*"|\d+)(@([\d.e-]+))?$/.exec(row) ?? []
    const live = this.#files[Number(file)]
    if (!live || what === '') return
    if (milliseconds !== undefined) this.seconds = Number(milliseconds) / 1000
    if (entered) live.enter(JSON.parse(what))
    else live.line(Number(what))
  }
}
