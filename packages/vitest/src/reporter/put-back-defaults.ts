import type { Vitest } from '../vitest-versions.ts'
import { defaultReporters } from './default-reporters.ts'

/** Vitest drops its default reporter when another one is asked for; one that only traces is no replacement. */
export async function putBackDefaults(vitest: Vitest): Promise<void> {
  const others = (vitest.reporters ?? []).filter(
    (reporter) => !('isTstrace' in reporter) && reporter.constructor.name !== 'WebSocketReporter',
  )
  if (others.length > 0) return
  const defaults = await defaultReporters(vitest)
  vitest.reporters?.unshift(...defaults)
  for (const reporter of defaults) await reporter.onInit?.(vitest)
}
