import { TstraceError } from '../errors.ts'
import { LONGEST_FIELD } from './run-record.ts'

/**
 * Labels in one text, sorted by key: `node=24,os=linux`.
 *
 * @param labels each `key=value`; a later value of a key replaces an earlier one
 * @throws TstraceError `TST_LABEL`
 */
export function labelText(labels: readonly string[]): string {
  const values = new Map(labels.map(pairOf))
  const text = [...values.keys()]
    .sort()
    .map((key) => `${key}=${values.get(key)}`)
    .join(',')
  if (text.length <= LONGEST_FIELD) return text
  const message = `The labels have ${text.length} characters together, more than ${LONGEST_FIELD}.`
  throw new TstraceError('TST_LABEL', `${message} Use fewer or shorter ones.`)
}

/** Whether a label text has all of some labels. */
export function hasLabels(text: string, labels: readonly string[]): boolean {
  if (labels.length === 0) return true
  const there = new Set(text.split(','))
  return labels.every((label) => there.has(label))
}

function pairOf(label: string): [string, string] {
  const [, key, value] = /^([\w.-]+)=([^,\p{Cc}]{0,200})$/u.exec(label) ?? []
  if (key !== undefined && value !== undefined) return [key, value]
  const advice =
    'Write key=value, as in os=linux: letters, digits, "_", "." and "-" before the "=", no comma after it.'
  throw new TstraceError('TST_LABEL', `${JSON.stringify(label)} is not a label. ${advice}`)
}
