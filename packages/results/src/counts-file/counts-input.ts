import { TstraceError } from '../errors.ts'
import type { NamedHead } from './check-shards.ts'
import { type CountsHead, CountsParser } from './counts-parser.ts'

/** One counts file to be merged. */
export interface CountsInput {
  /** For messages. */
  readonly name: string
  /** Whether it may say again what others have, so that there is nothing to be said of that. Default: it may not. */
  readonly isCopy?: boolean
  /** Bytes that it has where it is, compressed or not. Default: its texts may grow to any size. */
  readonly size?: () => number
  /** Its contents from the start, decompressed; each piece holds until the next one is asked for. Asked for several times. */
  readonly pieces: () => AsyncIterable<Uint8Array>
}

/** One whose head has been read. */
export type OpenedInput = NamedHead & CountsInput

/** What is wrong with one of the files. */
export class BadInput extends Error {
  readonly input: string
  readonly problem: TstraceError

  constructor(input: string, problem: TstraceError) {
    super(problem.message, { cause: problem })
    this.input = input
    this.problem = problem
  }
}

/** Other errors are nobody's fault but ours, and are thrown. */
export function badInput(name: string, error: unknown): BadInput {
  if (error instanceof BadInput) return error
  if (error instanceof TstraceError && error.code !== 'TST_TOO_MANY_FILES') return new BadInput(name, error)
  throw error
}

/** What is wrong with each of those that are not whole. */
export async function damagedOf(inputs: readonly CountsInput[]): Promise<BadInput[]> {
  const damaged: BadInput[] = []
  for (const { name, pieces } of inputs) {
    const parser = new CountsParser(name)
    try {
      for await (const piece of pieces()) parser.push(piece)
      parser.end()
    } catch (error) {
      damaged.push(badInput(name, error))
    }
  }
  return damaged
}

/**
 * What stands before the records.
 *
 * @throws TstraceError what the parser throws
 */
export async function headOf({ name, pieces }: CountsInput): Promise<CountsHead> {
  const parser = new CountsParser(name)
  for await (const piece of pieces()) {
    parser.push(piece)
    if (parser.head) return parser.head
  }
  return parser.end()
}
