import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    maxWorkers: '100%',
    // A process for each file takes longer than the tests; none of these leaves anything behind.
    isolate: false,
    // Far more than any of them takes alone; machines that run CI are often busy.
    testTimeout: 60_000,
  },
})
