import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

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

export default defineConfig({
  plugins: [compiled],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/faults/**'],
    globalSetup: ['test/support/build.ts', 'test/support/mongodb-setup.ts'],
    // Loaded by Node itself: run through Vite, GraphQL would be there twice.
    server: { deps: { external: [/\/dist\/src\//] } },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
