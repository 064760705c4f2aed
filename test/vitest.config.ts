import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Fixtures hold tests of their own, which other runners run.
    exclude: ['**/node_modules/**', '**/fixtures/**', '**/runs/**', 'bench/**'],
    globalSetup: ['e2e/clean-runs.ts'],
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
