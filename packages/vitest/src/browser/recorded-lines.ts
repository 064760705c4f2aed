import type { LiveFile, RuntimeState } from '@tstrace/instrument/runtime'

/*
 * Runs beside the user's tests: copies of everything used, and no method of an array.
 */
const { stringify } = JSON
const now = performance.now.bind(performance)

/** In whose record lines are noted now: modules that several test files share note theirs where the running one has its own. */
let running: RecordedLines

/**
 * Notes the lines that run for a test file. A page has no sources to show them with, so it notes what happens, one thing in a row:
 * `f"src/a.ts"` gives a file the next number, `t["outer","test"]` begins a test, `0:12` is line 12 of file 0, and `e0:"add"`
 * enters a function of it. Where times are wanted, `@` and milliseconds end the last two.
 */
export class RecordedLines {
  readonly #start: number | undefined
  #files = 0
  #rows = ''

  constructor(state: RuntimeState, { timing }: { readonly timing: boolean }) {
    this.#start = timing ? now() : undefined
    running = this
    state.live = (path) => liveFile(path)
  }

  /** @param names those of the blocks around a test, then its own */
  begin(names: readonly string[]): void {
    let list = ''
    for (let at = 0; at < names.length; at++) list += (at === 0 ? '' : ',') + stringify(names[at])
    this.#rows += `t[${list}]\n`
  }

  /** @returns the number of a file that had none */
  file(path: string): number {
    this.#rows += `f${stringify(path)}\n`
    return this.#files++
  }

  note(row: string): void {
    this.#rows += this.#start === undefined ? `${row}\n` : `${row}@${now() - this.#start}\n`
  }

  /** What was noted since the last call. */
  take(): string {
    const rows = this.#rows
    this.#rows = ''
    return rows
  }
}

function liveFile(path: string): LiveFile {
  let whose = running
  let number = whose.file(path)
  const current = (): RecordedLines => {
    if (whose !== running) {
      whose = running
      number = whose.file(path)
    }
    return whose
  }
  return {
    line: (line) => {
      const lines = current()
      lines.note(`${number}:${line}`)
    },
    enter: (name) => {
      const lines = current()
      lines.note(`e${number}:${stringify(name)}`)
    },
  }
}
