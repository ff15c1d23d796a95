import { defineConfig } from 'vitest/config';
import { compiled } from './vitest.config.js';

/** What takes minutes: killed processes, full disks, damaged files. One file at a time, so that faults don't meet. */
export default defineConfig({
  plugins: [compiled],
  test: {
    // Loaded by Node itself: run through Vite, GraphQL would be there twice.
    server: { deps: { external: [/\/dist\/src\//] } },
    include: ['test/faults/**/*.test.ts'],
    globalSetup: ['test/support/build.ts', 'test/support/mongodb-setup.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 60_000,
  },
});
