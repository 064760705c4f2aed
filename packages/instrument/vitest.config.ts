import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    maxWorkers: '100%',
    // Far more than any of them takes alone; machines that run CI are often busy.
    testTimeout: 60_000,
  },
})
