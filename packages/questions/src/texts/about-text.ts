import { printable } from '@tstrace/results/printable'
import type { About, AboutRun } from '../recording/about.ts'

/**
 * Which runs an answer is from, and which of its texts are not what is on disk, as lines below it.
 *
 * @param from what stands in front of the name of the recording
 */
export function aboutText({ file, runs, sources }: About, from = 'From'): readonly string[] {
  const changed = sources.filter(({ state }) => state === 'changed').map(({ path }) => path)
  const gone = sources.filter(({ state }) => state === 'gone').map(({ path }) => path)
  const lost = runs.some(({ losses }) => losses !== '')
  return [
    '',
    printable(`${from} ${file}: ${runsText(runs)}.`),
    ...(changed.length > 0
      ? [printable(`Changed since, so that lines are those of the text that ran: ${listed(changed)}.`)]
      : []),
    ...(gone.length > 0 ? [printable(`Not there any more: ${listed(gone)}.`)] : []),
    ...(lost ? ['Something of these runs is missing; --json says what, in about.runs.'] : []),
  ]
}

const SEVERAL = 3

/** Of which runs something is: `run of …`, or how many they are. */
export function runsText(runs: readonly AboutRun[]): string {
  const [last, ...others] = [...runs].sort((a, b) => (a.started < b.started ? 1 : -1))
  if (!last) return 'no run'
  const { commit, label, runner, started } = last
  const facts = [
    `${started.slice(0, 16).replace('T', ' ')} UTC`,
    ...(runner ? [runner] : []),
    ...(commit ? [`commit ${commit.slice(0, 8)}`] : []),
    ...(label ? [label] : []),
  ].join(', ')
  return others.length === 0 ? `run of ${facts}` : `${runs.length} runs, the last of ${facts}`
}

function listed(paths: readonly string[]): string {
  const more = paths.length > SEVERAL ? `, and ${paths.length - SEVERAL} more` : ''
  return `${paths.slice(0, SEVERAL).join(', ')}${more}`
}
