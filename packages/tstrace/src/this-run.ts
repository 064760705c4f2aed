import { BUILD, identifyRun, labelText, type RunRecord } from '@tstrace/core'

/**
 * What a counts file says of counts that were taken in a plain Node.
 *
 * @param root absolute path of the folder that paths start at
 * @throws TstraceError `TST_LABEL`
 */
export function thisRun(root: string, labels: readonly string[]): RunRecord {
  const { hash, version } = BUILD
  const runner = `node ${process.versions.node}`
  return identifyRun({ root, runner, shard: '', label: labelText(labels), tstrace: version, rules: hash })
}
