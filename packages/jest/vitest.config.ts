import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Far more than any of them takes alone; machines that run CI are often busy.
    testTimeout: 60_000,
  },
})
