import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { createApp } from '../../../src/app.js';
import { loadSettings } from '../../../src/config/settings.js';
import { createLogger } from '../../../src/server/log.js';
import type { RunningApp } from '../../modes/support.js';
import { type Api, createApi } from '../../support/api.js';
import type { Lies } from '../../support/compare.js';
import { sharedMiniLm } from '../../support/minilm.js';
import { dropDatabase, freshDatabase, mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import { createWorkload, type Workload, type WorkloadOptions } from '../../support/workload/workload.js';
import type { Place } from './moves.js';
import { liesIn, type Surroundings } from './places.js';

/** A server's whole surroundings: its folder, its database, and where everything of a project lies in them. */
export interface World extends Surroundings {
  readonly environment: Record<string, string>;
  /** Where the data of a project lies when it lives at a place. */
  liesAt(place: Place, projectId: string): Lies;
  /** Starts a server on it; it is closed with the test, if not before. */
  start(options?: StartOptions): Promise<RunningApp>;
  /** People at work on a project of a running server; they are gone before it is closed. */
  people(app: Api, projectId: string, options?: WorkloadOptions): Promise<Workload>;
}

export interface StartOptions {
  readonly environment?: Record<string, string>;
  readonly onMigrationStep?: (name: string) => void | Promise<void>;
  /**
   * How long a store that a project left is kept, in ms. Default 0: a test with people at work then holds the migration at
   * its clean-up until they have stopped, as one of them may still read there.
   */
  readonly graceMs?: number;
}

const closers: (() => Promise<unknown>)[] = [];
/** Of the gates: held migrations are released before a server is closed. */
const openings: (() => void)[] = [];
afterEach(async () => {
  for (const open of openings.splice(0)) open();
  for (const close of closers.splice(0).reverse()) await close();
});

/** Closes something at the end of the test: after what is made later, before what was made earlier. */
export function atEnd(close: () => Promise<unknown>): void {
  closers.push(close);
}

/** A folder that goes with the test. */
async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-moves-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Name of a database that goes with the test. */
function makeDatabase(): string {
  const name = freshDatabase();
  closers.push(() => dropDatabase(name));
  return name;
}

/** `uri`: of the database server; `via`: the address by which Mooring knows it. Left out, the one that all tests share. */
export async function makeWorld({
  uri = mongoUnavailable ? '' : sharedMongo(),
  via = uri,
}: {
  readonly uri?: string;
  readonly via?: string;
} = {}): Promise<World> {
  const folder = await makeFolder();
  const database = makeDatabase();
  const surroundings = { folder, database, otherDatabase: makeDatabase(), uri };
  const environment: Record<string, string> = mongoUnavailable ? {} : { MONGODB_URI: via, MONGODB_DATABASE: database };

  async function start({
    environment: more = {},
    onMigrationStep,
    graceMs = 0,
  }: StartOptions = {}): Promise<RunningApp> {
    const logged: string[] = [];
    const log = createLogger('debug', { write: (line: string) => void logged.push(line) });
    const settings = loadSettings({ PORT: '0', MOORING_DATA: folder, ...environment, ...more });
    const app = await createApp(settings, log, {
      miniLm: sharedMiniLm(),
      onMigrationStep,
      migrationGraceMs: graceMs,
    });
    closers.push(() => app.close());
    const { url } = await app.listen();
    return { ...createApi(url), folder, logged, close: () => app.close() };
  }

  return {
    ...surroundings,
    environment,
    liesAt: (place, projectId) => liesIn(surroundings, place, projectId),
    start,
    async people(app, projectId, options) {
      const work = await createWorkload(app, projectId, options);
      closers.push(async () => work.abandon());
      return work;
    },
  };
}

/** Steps of a migration at which it is held until released. */
export function createGate(): {
  readonly steps: string[];
  readonly onMigrationStep: (name: string) => Promise<void>;
  /** Resolves when the migration is at such a step; it waits there until the returned function is called. */
  holdAt(name: string): Promise<() => void>;
} {
  const steps: string[] = [];
  let held: { name: string; reached: (release: () => void) => void } | null = null;
  openings.push(() => {
    held = null;
  });
  return {
    steps,
    async onMigrationStep(name) {
      steps.push(name);
      if (held?.name !== name) return;
      const { reached } = held;
      held = null;
      await new Promise<void>((release) => {
        openings.push(release);
        reached(release);
      });
    },
    holdAt: (name) =>
      new Promise((reached) => {
        held = { name, reached };
      }),
  };
}
