import type { NeverCalled, NotTaken, Reached, Reason } from '../why/reason.ts'
import { times } from './numbers.ts'

/** Why a line never ran, in a sentence or two. */
export function reasonText(reason: Reason): string {
  switch (reason.kind) {
    case 'not loaded':
      return 'Its module was never evaluated.'
    case 'never called':
      return `${reason.name} was never called.${namelessText(reason) ?? mentionsText(reason.mentions)}`
    case 'no instance':
      return `The class in line ${reason.line} never had an instance.`
    case 'not taken':
      return notTakenText(reason)
    case 'no round':
      return `The loop in line ${reason.line} never had a round, though it was reached ${times(reason.count)}.`
    case 'not thrown':
      return `Nothing was thrown in the try block of line ${reason.line}, which was entered ${times(reason.count)}.`
    case 'not used':
      return `It is in a default value in line ${reason.line}, and another value was always given.`
    case 'left': {
      const exits = reason.exits.map(({ count, kind, line }) => `${kind} in line ${line} (${times(count)})`)
      return `Execution always left before it, by ${list(exits, 'and')}.`
    }
    case 'stopped': {
      const what = `Line ${reason.line} was begun ${times(reason.count)} and never ended`
      return `${what}: something in it threw, never settled, or ended the process.`
    }
  }
}

function notTakenText({ arm, arms, branch, count, line }: NotTaken): string {
  const reached = `which was reached ${times(count)}`
  switch (branch) {
    case 'if':
      return `The condition of the if in line ${line}, ${reached}, was never ${arm === 0 ? 'true' : 'false'}.`
    case '?:':
      return `The condition of the ?: in line ${line}, ${reached}, was never ${arm === 0 ? 'true' : 'false'}.`
    case 'switch':
      return `The switch in line ${line}, ${reached}, never came to this clause.${clausesText(arms)}`
    case '&&':
      return `The left side of the && in line ${line}, ${reached}, was never true.`
    case '||':
      return `The left side of the || in line ${line}, ${reached}, was never false.`
    case '??':
      return `The left side of the ?? in line ${line}, ${reached}, was never null or undefined.`
  }
}

function clausesText(arms: NotTaken['arms']): string {
  const taken = arms.filter(({ count }) => count !== undefined && count > 0)
  if (taken.length === 0) return ' It came to none.'
  return ` It came to ${list(
    taken.map(({ count, line }) => `that in line ${line} (${times(count ?? 0)})`),
    'and',
  )}.`
}

/** Who might have called a function that no name leads to. */
function namelessText({ line, name }: NeverCalled): string | undefined {
  const plain = name.replace(/(?::\d+)+$/, '')
  if (plain === 'default') return ' It is the default export: nothing that imports it called it.'
  if (plain.startsWith('<')) return ` It has no name: what was given it in line ${line} did not call it.`
  if (plain.endsWith('(…)')) return ` What it is handed to in line ${line} did not call it.`
  // A computed name is none that could be looked for.
  return plain.endsWith(']') ? '' : undefined
}

function mentionsText(mentions: readonly Reached[]): string {
  if (mentions.length === 0) return ' Nothing in this file calls something of its name.'
  const lines = mentions.map(
    ({ count, line }) => `line ${line} (${count === 0 ? 'never ran' : `ran ${times(count)}`})`,
  )
  return ` Something of its name is called in ${list(lines, 'and')}.`
}

const SEVERAL = 5

function list(parts: readonly string[], word: string): string {
  if (parts.length > SEVERAL)
    return `${parts.slice(0, SEVERAL).join(', ')} and ${parts.length - SEVERAL} more`
  return parts.length === 1
    ? (parts[0] as string)
    : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`
}
