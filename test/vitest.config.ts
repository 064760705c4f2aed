import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Fixtures hold tests of their own, which other runners run.
    exclude: ['**/node_modules/**', '**/fixtures/**', '**/runs/**', 'bench/**'],
    globalSetup: ['e2e/clean-runs.ts'],
    // Most of them wait for the processes that they start.
    maxWorkers: availableParallelism() + 1,
    // Far more than any of them takes alone; machines that run CI are often busy.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
})
