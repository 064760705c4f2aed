import { BUILD } from '@tstrace/core/adapter'
import { identifyRun, labelText, type RunRecord } from '@tstrace/results/counts-file'

/** What is known of a run in a plain Node. */
export interface ThisRun {
  /** Absolute path of the folder that paths start at. */
  readonly root: string
  readonly labels?: readonly string[]
  /** What of it is missing, one sentence each. */
  readonly losses?: readonly string[]
}

/**
 * What a counts file says of counts that were taken in a plain Node: the run began with this process.
 *
 * @throws TstraceError `TST_LABEL`
 */
export function thisRun({ labels = [], losses = [], root }: ThisRun): RunRecord {
  const { hash, version } = BUILD
  const runner = `node ${process.versions.node}`
  const started = new Date(performance.timeOrigin)
  const label = labelText(labels)
  return identifyRun({ root, runner, shard: '', label, tstrace: version, rules: hash, started, losses })
}
