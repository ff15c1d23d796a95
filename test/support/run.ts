import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { STORAGE_MODES, type StorageMode } from '../../src/domain/project.js';
import type { Extent } from './extent.js';
import { LongFirst } from './order.js';

/** How the tests are run, and which of them belong to which run. */

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Tests run against the compiled files, so that what is tested is what ships and worker threads find their entry. */
const compiled = {
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

/** Of the whole run. */
export const run = {
  sequence: { sequencer: LongFirst },
  globalSetup: ['test/support/machine/build.ts', 'test/support/mongodb/setup.ts'],
  // They mostly wait for a server or a deadline, so that two more than the cores find work.
  maxWorkers: availableParallelism() + 2,
};

/**
 * How long a test and a hook may take, in ms. No test promises a time: this is for what never ends, on a machine
 * that has other work, with a slow database server, and in the run of everything with hundreds of kills or an installation.
 */
const DEADLINES: { readonly [E in Extent]: number } = { quick: 480_000, all: 3_600_000 };

/** Options of every test. */
const suite = {
  // Loading Mooring for each file, and running it before it is optimized, was a third of a run's work.
  isolate: false,
  setupFiles: ['test/support/machine/fresh-modules.ts'],
  // Loaded by Node itself: run through Vite, GraphQL would be loaded twice.
  server: { deps: { external: [/\/dist\/src\//] } },
  expect: { poll: { timeout: 30_000 } },
};

/** Run by `npm run test:all` alone: they take minutes, or install what others have. */
export const RARE = ['test/rare/**/*.test.ts'];
/**
 * Run by `npm run test:all` alone, as they take long: rare failures of other servers and of the machine, and what compares modes
 * and moves at length.
 */
export const TAKE_LONG = [
  'test/faults/migration-stopped.test.ts',
  'test/faults/mongodb-network.test.ts',
  'test/faults/mongodb-kill.test.ts',
  'test/faults/chroma.test.ts',
  'test/faults/atlas.test.ts',
  'test/faults/voyage.test.ts',
  'test/faults/claim-takeovers.test.ts',
  'test/faults/descriptors.test.ts',
  'test/faults/files.test.ts',
  'test/migration/database-down.test.ts',
  'test/migration/runner/faults-in-process.test.ts',
  'test/migration/runner/recovery.test.ts',
  'test/migration/runner/subscription.test.ts',
  'test/migration/transfer/cursors.test.ts',
  'test/migration/transfer/target-damaged.test.ts',
  'test/migration/voyage-down.test.ts',
  'test/modes/forgotten.test.ts',
  'test/modes/same-answers.test.ts',
];
/** The API behaves alike wherever a project lives, so these run once for each storage mode. */
const MODES_FOLDER = 'test/graphql/modes';
export const IN_EACH_MODE = [`${MODES_FOLDER}/**/*.test.ts`];
/** In a quick run each of them runs in LOCAL, and in one of the other modes: half of them in either. */
const quickIn = (mode: StorageMode): string[] =>
  mode === 'LOCAL'
    ? IN_EACH_MODE
    : readdirSync(`${root}${MODES_FOLDER}`)
        .filter((name) => name.endsWith('.test.ts'))
        .sort()
        .flatMap((name, n) => ((n % 2 === 0) === (mode === 'FILE') ? [`${MODES_FOLDER}/${name}`] : []));
const ANY = ['test/**/*.test.ts'];
/** Of `RARE`, what CI runs too: the types of clients, and the explorer. The newer releases of Node take too long. */
export const SAMPLES = ['test/rare/codegen.test.ts', 'test/rare/explorer.test.ts'];

/** The projects of a run. Each test file is in one of them, those of `IN_EACH_MODE` in one for each mode. */
export function projectsOf(extent: Extent): TestProjectInlineConfiguration[] {
  return [
    projectOf('parts', extent, ANY, {
      exclude: [...RARE, ...IN_EACH_MODE, ...(extent === 'quick' ? TAKE_LONG : [])],
    }),
    ...STORAGE_MODES.map((mode) => projectOf(mode, extent, extent === 'all' ? IN_EACH_MODE : quickIn(mode), {}, mode)),
    ...(extent === 'all'
      ? [projectOf('rare', extent, RARE, { fileParallelism: false, sequence: { groupOrder: 1 } })]
      : []),
  ];
}

/** The project of `SAMPLES`, beside those of a quick run. */
export const samples = (): TestProjectInlineConfiguration => projectOf('CI', 'all', SAMPLES);

function projectOf(
  name: string,
  extent: Extent,
  include: string[],
  own: object = {},
  storageMode: StorageMode = 'LOCAL',
): TestProjectInlineConfiguration {
  const deadlines = { testTimeout: DEADLINES[extent], hookTimeout: DEADLINES[extent] };
  return {
    plugins: [compiled],
    test: { ...suite, ...deadlines, name, include, provide: { storageMode, extent }, ...own },
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** The default storage mode of a test's projects. */
    storageMode: StorageMode;
    /** How much of the tests is run. */
    extent: Extent;
  }
}
