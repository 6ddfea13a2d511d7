import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Two cores and native parsers: more workers only wait for each other.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
