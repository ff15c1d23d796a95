import { join } from 'node:path';
import type { Lies } from '../../support/compare.js';
import { cases } from '../../support/extent.js';
import { mongoUnavailable } from '../../support/mongodb/mongodb.js';
import type { Place } from './moves.js';

/** Where a server's projects lie: what its folder and its databases are called. */
export interface Surroundings {
  readonly folder: string;
  readonly uri: string;
  readonly database: string;
  /** For a move from one database to another. */
  readonly otherDatabase: string;
}

/** Where the data of a project lies when it lives at a place. */
export function liesIn({ folder, uri, database }: Surroundings, { mode, location }: Place, projectId: string): Lies {
  if (mode === 'LOCAL') return { mode, path: join(folder, 'projects', projectId, 'store.db') };
  if (mode === 'FILE') return { mode, folder: join(location ?? join(folder, 'files'), projectId) };
  return { mode, uri, database: location ?? database, projectId };
}

type Mode = Place['mode'];

/**
 * Every pair of modes, and a move within each mode that has places; the quick ones have each mode as source and as target.
 * Those that need a database are left out without one.
 */
export const PAIRS: readonly (readonly [Mode, Mode])[] = cases<readonly [Mode, Mode]>(
  [
    ['LOCAL', 'MONGODB'],
    ['MONGODB', 'FILE'],
    ['FILE', 'LOCAL'],
  ],
  [
    ['LOCAL', 'FILE'],
    ['FILE', 'MONGODB'],
    ['MONGODB', 'LOCAL'],
    ['FILE', 'FILE'],
    ['MONGODB', 'MONGODB'],
  ],
).filter((pair) => !mongoUnavailable || !pair.some((mode) => mode === 'MONGODB'));

/** The place that a pair's move goes to: within a mode, another one. */
export function targetOf({ folder, otherDatabase }: Surroundings, [from, to]: readonly [Mode, Mode]): Place {
  if (from !== to || to === 'LOCAL') return { mode: to };
  return { mode: to, location: to === 'FILE' ? join(folder, 'files', 'other') : otherDatabase };
}
