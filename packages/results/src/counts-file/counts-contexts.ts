import { codePointOrder } from '../results/code-point-order.ts'
import { type Context, compareContexts, contextKey, sameContext } from '../results/context.ts'
import type { LabelledResults } from './labelled-results.ts'

/** What was running in runs with a label. */
export interface LabelledContext {
  readonly label: string
  readonly context: Context
  /** What `contextKey` gives for it, where that is known. */
  readonly key?: string
}

/** Those of all labels, each once and in the order in which a file has them. */
export function contextsOf(counted: LabelledResults): LabelledContext[] {
  const labelled = [...counted].sort(([a], [b]) => codePointOrder(a, b))
  return labelled.flatMap(([label, results]) =>
    results.recorded.ordered().map(({ context, key }) => ({ label, context, key })),
  )
}

/** Each once, sorted by label and then in their own order. */
export function orderedContexts(contexts: Iterable<LabelledContext>): LabelledContext[] {
  const byKey = new Map<string, LabelledContext>()
  for (const { context, label } of contexts) {
    const key = keyOf(label, contextKey(context))
    const known = byKey.get(key)
    byKey.set(key, { label, context: known ? sameContext(known.context, context) : context })
  }
  return [...byKey.values()].sort(compareLabelled)
}

/** By label, then in their own order. */
export function compareLabelled(a: LabelledContext, b: LabelledContext): number {
  return codePointOrder(a.label, b.label) || compareContexts(a.context, b.context)
}

/** Their keys, by their numbers in a file. */
export function keysOf(contexts: readonly LabelledContext[]): string[] {
  return contexts.map(keyFor)
}

/** How much of `MOST_NAMES` a context takes. */
export function namesOf(context: Context): number {
  if (context.kind === 'overlap') return context.members.reduce((sum, member) => sum + namesOf(member), 0)
  if (context.kind === 'named') return context.name.length + ROOM
  let sum = context.project.length + context.file.length + 2 * ROOM
  if ('titles' in context) for (const title of context.titles) sum += title.length + ROOM
  return sum
}

/** For each name, however short. */
const ROOM = 16

/**
 * Makes contexts known to the results of their labels, also those in which nothing was counted.
 *
 * @param keys as `keysOf` gives them
 */
export function noteContexts(
  contexts: readonly LabelledContext[],
  counted: LabelledResults,
  keys: readonly string[] = keysOf(contexts),
): void {
  for (let at = 0; at < contexts.length; at++) {
    const { context, label } = contexts[at] as LabelledContext
    counted.get(label)?.recorded.note(context, keys[at])
  }
}

/** The numbers of contexts in a file: their places in its list. */
export class ContextNumbers {
  /** By label, and key of the context. */
  readonly #numbers = new Map<string, Map<string, number>>()

  constructor(contexts: readonly LabelledContext[]) {
    for (const [number, labelled] of contexts.entries()) {
      const { label } = labelled
      const ofLabel = this.#numbers.get(label) ?? new Map<string, number>()
      this.#numbers.set(label, ofLabel.set(keyFor(labelled), number))
    }
  }

  /** @param key of the context; undefined for one that is not there */
  of(label: string, key: string): number | undefined {
    return this.#numbers.get(label)?.get(key)
  }
}

function keyFor({ context, key }: LabelledContext): string {
  return key ?? contextKey(context)
}

function keyOf(label: string, key: string): string {
  return `${label}\0${key}`
}
