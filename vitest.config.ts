import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { STORAGE_MODES, type StorageMode } from './src/domain/project.js';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Tests run against the compiled files, so that what is tested is what ships and worker threads find their entry. */
export const compiled = {
  name: 'compiled-sources',
  enforce: 'pre' as const,
  resolveId(source: string, importer: string | undefined) {
    if (!importer || !source.startsWith('.') || !importer.startsWith(`${root}test/`)) return null;
    const path = fileURLToPath(new URL(source, `file://${importer}`));
    return path.startsWith(`${root}src/`)
      ? { id: `${root}dist/src/${path.slice(root.length + 4)}`, external: true }
      : null;
  },
};

/**
 * What every run of tests is like. What a test promises is seldom a time: these are for what never ends, on a machine that
 * has other work, and a database server that may take seconds. Where a time is promised, the test says which.
 */
export const suite = {
  // Loaded by Node itself: run through Vite, GraphQL would be there twice.
  server: { deps: { external: [/\/dist\/src\//] } },
  testTimeout: 180_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
};

/** The API behaves alike wherever a project lives, so its tests run once for each storage mode. */
const inMode = (storageMode: StorageMode) => ({
  plugins: [compiled],
  test: { ...suite, name: storageMode, include: ['test/graphql/**/*.test.ts'], provide: { storageMode } },
});

export default defineConfig({
  test: {
    globalSetup: ['test/support/build.ts', 'test/support/mongodb-setup.ts'],
    projects: [
      {
        plugins: [compiled],
        test: {
          ...suite,
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: ['test/faults/**', 'test/graphql/**'],
        },
      },
      ...STORAGE_MODES.map(inMode),
    ],
  },
});

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the projects of a test live that don't say. */
    storageMode: StorageMode;
  }
}
