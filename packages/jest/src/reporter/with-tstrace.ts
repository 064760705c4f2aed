import { fileURLToPath } from 'node:url'
import type { GivenOptions } from '@tstrace/core'

const REPORTER = fileURLToPath(new URL('./jest.js', import.meta.url))

/** The part of a Jest configuration that matters here. */
interface ReportersConfig {
  readonly reporters?: readonly unknown[] | undefined
}

/**
 * A Jest configuration with tracing on: with our reporter behind its own, or behind the default ones.
 *
 * @param config as in `jest.config.*`; its projects are traced, too
 * @param options as in the reporter's tuple
 */
export function withTstrace<Config extends ReportersConfig>(
  config: Config,
  options: GivenOptions = {},
): Config & { reporters: unknown[] } {
  return { ...config, reporters: [...(config.reporters ?? ['default']), [REPORTER, { ...options }]] }
}
