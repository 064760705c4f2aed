import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Far more than any test takes alone; machines that run CI are often busy.
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000 },
})
