import type { Context, OverlapContext } from '@tstrace/results'
import { attemptWords, contextWords } from '@tstrace/results/internal'
import { shown } from './format.ts'

/** How a context is called on the page. */
export interface ShownContext {
  /** `adds › handles 0`. */
  readonly title: string
  /** `test/a.test.ts:12`; '' for what is of no file. */
  readonly place: string
  /** `passed`, `import`: how it ended, or what it is. */
  readonly state: string
  /** `retry 1`; '' for nothing. */
  readonly note: string
}

export function shownContext(context: Context): ShownContext {
  if (context.kind !== 'overlap') return single(context)
  const members = context.members.map(single)
  const place = members[0]?.place ?? ''
  const title = members.map((member) => member.title).join(' or ')
  return { title, place, state: 'group', note: 'at the same time' }
}

function single(context: Exclude<Context, OverlapContext>): ShownContext {
  const { file, line, titles, what } = contextWords(context)
  const isTest = context.kind === 'test'
  const title = [...titles, ...(what === '' ? [] : [what])].join(' › ')
  return {
    title: shown(title || file),
    place: shown(line > 0 ? `${file}:${line}` : file),
    state: isTest ? context.state : context.kind,
    note: isTest ? attemptWords(context).join(', ') : '',
  }
}
