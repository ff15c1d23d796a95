import { afterEach, onTestFinished } from 'vitest';
import type { Api } from '../../support/api.js';
import type { Lies } from '../../support/compare.js';
import { mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import { type RunningApp, startApp } from '../../support/server.js';
import { makeDatabase, makeFolder } from '../../support/temporary.js';
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

/** Of the gates: a migration that is held continues before its server is closed. */
const openings: (() => void)[] = [];
afterEach(() => {
  for (const open of openings.splice(0)) open();
});

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

  const start = ({ environment: more = {}, onMigrationStep, graceMs = 0 }: StartOptions = {}) =>
    startApp(folder, { ...environment, ...more }, { onMigrationStep, migrationGraceMs: graceMs });

  return {
    ...surroundings,
    environment,
    liesAt: (place, projectId) => liesIn(surroundings, place, projectId),
    start,
    async people(app, projectId, options) {
      const work = await createWorkload(app, projectId, options);
      onTestFinished(() => work.abandon());
      return work;
    },
  };
}

/** Steps at which a migration is held until released. */
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
