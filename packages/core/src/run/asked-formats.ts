import {
  FORMATS,
  type FormatInput,
  type FormatName,
  type MadeFormat,
  type MakeFormat,
} from '@tstrace/formats'
import { sentenceOf } from '@tstrace/results/errors'

/** The formats that a run is asked for. What makes them is loaded from the beginning, and there when the run ends. */
export class AskedFormats {
  /** Undefined where it is not loaded yet. */
  readonly #makers = new Map<FormatName, MakeFormat | undefined>()
  /** Settled when all of them are loaded, as far as they can be. */
  readonly loaded: Promise<void>
  readonly #problems: string[] = []

  constructor(names: readonly FormatName[]) {
    for (const name of names) this.#makers.set(name, undefined)
    this.loaded = Promise.all([...this.#makers.keys()].map((name) => this.#load(name))).then(() => {})
  }

  /** The files of all of them. One that cannot be made is a problem, and nothing else is. */
  make(input: FormatInput): MadeFormat {
    const made = [...this.#makers].map(([name, maker]) => {
      try {
        return maker ? maker(input) : { files: [], problems: [notLoaded(name)] }
      } catch (error) {
        return { files: [], problems: [sentenceOf(error)] }
      }
    })
    return {
      files: made.flatMap(({ files }) => files),
      problems: [...this.#problems, ...made.flatMap(({ problems }) => problems)],
    }
  }

  async #load(name: FormatName): Promise<void> {
    try {
      this.#makers.set(name, await FORMATS[name].load())
    } catch (error) {
      this.#makers.delete(name)
      this.#problems.push(sentenceOf(error))
    }
  }
}

function notLoaded(name: FormatName): string {
  return `${FORMATS[name].file} is not written: the process ended before what makes it was loaded.`
}
