import { realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { MergedFile, mergeCounts } from '@tstrace/results/counts-file'
import { cannotWrite } from '@tstrace/results/files'
import { AdvisingParser, adviseAmong } from '../arguments/advising-parser.ts'
import { progressLine } from '../progress-line.ts'
import { countsInputs } from './counts-inputs.ts'

/**
 * What `tstrace merge FILE … -o OUT` does: adds counts files up into another one.
 *
 * @param words behind `merge`
 * @returns one sentence for each problem
 * @throws TstraceError what `mergeCounts` throws, and `TST_CANNOT_READ` for a word that names nothing
 */
export async function merge(words: readonly string[]): Promise<readonly string[]> {
  const { files, output, strict } = parserOf().parse_args([...words]) as {
    readonly files: readonly string[]
    readonly output: string
    readonly strict: boolean
  }
  const root = realpathSync(process.cwd())
  const out = resolve(root, output)
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory())
    throw cannotWrite(output, 'it is a folder', { wayOut: 'Name a file.' })
  const inputs = await countsInputs(files, root, out)
  const progress = progressLine(process.stderr)
  try {
    return await mergeCounts(inputs, {
      project: process.env.TSTRACE_PROJECT ?? '',
      output: () => new MergedFile(out),
      progress: progress.bytes,
      strict,
    })
  } finally {
    progress.clear()
  }
}

function parserOf(): AdvisingParser {
  const parser = new AdvisingParser(
    {
      prog: 'tstrace merge',
      description:
        'Adds counts files up, those of shards for instance, and says by name what is wrong with them.',
      epilog: 'A file whose name ends with .gz or .zst is compressed.',
    },
    adviseAmong(['--output', '--strict', '--help']),
  )
  parser.add_argument('files', {
    nargs: '+',
    metavar: 'FILE',
    help: 'counts file, folder of such files, or glob',
  })
  parser.add_argument('-o', '--output', { required: true, metavar: 'OUT', help: 'counts file for the sum' })
  parser.add_argument('--strict', {
    action: 'store_true',
    help: 'write nothing, and end with status 1, when a file or a shard is not sound',
  })
  return parser
}
