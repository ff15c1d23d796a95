import { defineConfig } from 'vitest/config';
import { compiled, suite } from './vitest.config.js';

/** What takes minutes: killed processes, full disks, damaged files. One file at a time, so that faults don't meet. */
export default defineConfig({
  plugins: [compiled],
  test: {
    ...suite,
    include: ['test/faults/**/*.test.ts'],
    globalSetup: ['test/support/build.ts', 'test/support/mongodb-setup.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
  },
});
