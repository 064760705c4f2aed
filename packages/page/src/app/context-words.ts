import type { Context } from '@tstrace/results'
import { shown } from './format.ts'

/** How a context is called on the page. */
export interface ContextWords {
  /** `adds › handles 0`. */
  readonly title: string
  /** `test/a.test.ts:12`; '' for what is of no file. */
  readonly place: string
  /** `passed`, `import`: how it ended, or what it is. */
  readonly state: string
  /** `retry 1`; '' for nothing. */
  readonly note: string
}

export function contextWords(context: Context): ContextWords {
  const place = shown(placeOf(context))
  switch (context.kind) {
    case 'named':
      return {
        title: shown(context.name || 'outside of all named contexts'),
        place,
        state: 'named',
        note: '',
      }
    case 'overlap':
      return {
        title: context.members.map(titleOf).join(' or '),
        place,
        state: 'group',
        note: 'at the same time',
      }
    case 'file':
      return { title: place, place, state: 'file', note: '' }
    case 'import':
      return { title: 'while importing', place, state: 'import', note: '' }
    case 'late':
      return { title: 'after the last test', place, state: 'late', note: '' }
    case 'hooks':
      return { title: titleOf(context), place, state: 'hooks', note: '' }
    case 'test':
      return { title: titleOf(context), place, state: context.state, note: noteOf(context) }
  }
}

function titleOf(context: Context): string {
  if (context.kind === 'hooks') return shown([...context.titles, 'hooks'].join(' › '))
  if (context.kind === 'test') return shown(context.titles.join(' › '))
  return context.kind === 'named' ? shown(context.name) : ''
}

function placeOf(context: Context): string {
  if (context.kind === 'named') return ''
  if (context.kind === 'overlap') return placeOf(context.members[0] as Context)
  const { file, project } = context
  const line = context.kind === 'test' && context.line > 0 ? `:${context.line}` : ''
  return `${file}${line}${project === '' ? '' : ` [${project}]`}`
}

function noteOf({ index, repeat, retry }: Extract<Context, { kind: 'test' }>): string {
  return [
    ...(index > 0 ? [`no. ${index + 1} of this name`] : []),
    ...(repeat > 0 ? [`repeat ${repeat}`] : []),
    ...(retry > 0 ? [`retry ${retry}`] : []),
  ].join(', ')
}
