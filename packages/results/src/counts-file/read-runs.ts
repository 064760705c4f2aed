import { existsSync } from 'node:fs'
import { piecesNow } from './compression.ts'
import { CountsParser } from './counts-parser.ts'
import type { RunRecord } from './run-record.ts'

/**
 * The runs of a counts file, of which no more is read than says so; none where there is no such file.
 *
 * @param file absolute path
 * @throws TstraceError as `readRecording`, as far as the beginning of the file is wrong
 */
export function readRuns(file: string): readonly RunRecord[] {
  if (!existsSync(file)) return []
  const parser = new CountsParser(file)
  for (const piece of piecesNow(file)) {
    parser.push(piece)
    if (parser.head) return parser.head.runs
  }
  return parser.end().runs
}
