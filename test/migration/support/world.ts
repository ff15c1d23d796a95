import { join } from 'node:path';
import { afterEach } from 'vitest';
import { createApp } from '../../../src/app.js';
import { createLogger } from '../../../src/server/log.js';
import { loadSettings } from '../../../src/settings.js';
import { makeDatabase, makeFolder, mongoEnvironment, type RunningApp } from '../../modes/support.js';
import { createApi } from '../../support/api.js';
import type { Lies } from '../../support/compare.js';
import { mongoUnavailable, sharedMongo } from '../../support/mongodb.js';
import type { Place } from './moves.js';

/** A server's whole surroundings: its folder, its database, and where everything of a project lies in them. */
export interface World {
  readonly folder: string;
  readonly environment: Record<string, string>;
  /** Where the data of a project lies when it lives at a place. */
  liesAt(place: Place, projectId: string): Lies;
  /** Another place of the same mode. */
  elsewhere(mode: 'FILE' | 'MONGODB'): Place;
  /** Starts a server on it; it is closed with the test, if not before. */
  start(options?: StartOptions): Promise<RunningApp>;
}

export interface StartOptions {
  readonly environment?: Record<string, string>;
  readonly onMigrationStep?: (name: string) => void | Promise<void>;
}

const closers: (() => Promise<unknown>)[] = [];
/** Of the gates: whoever is held is let go before a server is closed. */
const openings: (() => void)[] = [];
afterEach(async () => {
  for (const open of openings.splice(0)) open();
  for (const close of closers.splice(0).reverse()) await close();
});

export async function makeWorld(uri?: string): Promise<World> {
  const folder = await makeFolder();
  const database = makeDatabase();
  const environment = { ...mongoEnvironment(database), ...(uri ? { MONGODB_URI: uri } : {}) };

  async function start({ environment: more = {}, onMigrationStep }: StartOptions = {}): Promise<RunningApp> {
    const logged: string[] = [];
    const log = createLogger('debug', { write: (line: string) => void logged.push(line) });
    const settings = loadSettings({ PORT: '0', MOORING_DATA: folder, ...environment, ...more });
    const app = await createApp(settings, log, onMigrationStep ? { onMigrationStep } : {});
    closers.push(() => app.close());
    const { url } = await app.listen();
    return { ...createApi(url), folder, logged, close: () => app.close() };
  }

  return {
    folder,
    environment,
    liesAt({ mode, location }, projectId) {
      if (mode === 'LOCAL') return { mode, path: join(folder, 'projects', projectId, 'store.db') };
      if (mode === 'FILE') return { mode, folder: join(location ?? join(folder, 'files'), projectId) };
      return { mode, uri: sharedMongo(), database: location ?? database, projectId };
    },
    elsewhere(mode) {
      return { mode, location: mode === 'FILE' ? join(folder, 'other files') : makeDatabase() };
    },
    start,
  };
}

/** Every pair of modes, and a move within each mode that has places. What needs a database is left out where there is none. */
export const PAIRS = (
  [
    ['LOCAL', 'FILE'],
    ['LOCAL', 'MONGODB'],
    ['FILE', 'LOCAL'],
    ['FILE', 'MONGODB'],
    ['MONGODB', 'LOCAL'],
    ['MONGODB', 'FILE'],
    ['FILE', 'FILE'],
    ['MONGODB', 'MONGODB'],
  ] as const
).filter((pair) => !mongoUnavailable || !pair.some((mode) => mode === 'MONGODB'));

/** The place that a pair's move goes to. */
export function targetOf({ elsewhere }: World, [from, to]: (typeof PAIRS)[number]): Place {
  return from === to && to !== 'LOCAL' ? elsewhere(to) : { mode: to };
}

/** Steps of a migration at which it is held until it is let go. */
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
