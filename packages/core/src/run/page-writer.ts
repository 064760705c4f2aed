import type { RunRecord } from '@tstrace/results/counts-file'
import type { OutputFile } from '@tstrace/results/writing'
import type { PageMaterial } from '../report/page-material.ts'

/** What the page says of a run. */
export type PageRun = Pick<
  RunRecord,
  'started' | 'commit' | 'runner' | 'node' | 'tstrace' | 'label' | 'losses'
>

export interface PageInput extends PageMaterial {
  readonly runs: readonly PageRun[]
}

/** Makes the page of some results. The adapters bring it, so that nobody loads what is not asked for. */
export type PageWriter = (input: PageInput) => OutputFile
