import { BUILD, identifyRun, labelText, type RunRecord } from '@tstrace/core'

/**
 * What a counts file says of counts that were taken in a plain Node: the run began with this process.
 *
 * @param root absolute path of the folder that paths start at
 * @throws TstraceError `TST_LABEL`
 */
export function thisRun(root: string, labels: readonly string[]): RunRecord {
  const { hash, version } = BUILD
  const runner = `node ${process.versions.node}`
  const started = new Date(performance.timeOrigin)
  const label = labelText(labels)
  return identifyRun({ root, runner, shard: '', label, tstrace: version, rules: hash, started })
}
