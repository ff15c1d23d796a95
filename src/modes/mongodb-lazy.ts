import { MooringError } from '../domain/errors.js';
import type { Unavailable } from './contract.js';
import { describeVoyage } from './embedders.js';
import { createUnconfiguredMode, forbidden, type ModeKind, OFFLINE, refused } from './mode.js';

/**
 * `MONGODB`: a replica set or Atlas; Voyage AI, or MiniLM without a key; `$vectorSearch` where the server has it, else the
 * embedded index over the vectors stored there.
 */
export const mongoMode: ModeKind = {
  uses: ['mongo', 'voyage'],
  async create({ mongo, voyage }, parts) {
    const describe = (why: Unavailable) =>
      createUnconfiguredMode(why, { ...describeVoyage(voyage, parts.miniLm), vectorSearch: 'EMBEDDED' });
    if (parts.offline) return describe(OFFLINE);
    if (!mongo) return describe(NOT_CONFIGURED);
    const { createMongoMode } = await import('./mongodb.js');
    try {
      return createMongoMode(mongo, voyage, parts);
    } catch (error) {
      if (!(error instanceof MooringError)) throw error;
      return describe({ why: error.message, hint: error.hint, isMistake: true });
    }
  },
  at: (settings, database) => ({ ...settings, mongo: settings.mongo && { ...settings.mongo, database } }),
  async test({ mongo, voyage }, { offline, miniLm }) {
    if (offline) return [forbidden('CONNECT')];
    if (!mongo) return [refused('ADDRESS', NOT_CONFIGURED)];
    const { testMongo } = await import('./mongodb.js');
    return testMongo(mongo, voyage, miniLm);
  },
};

const NOT_CONFIGURED: Unavailable = {
  why: 'it is not configured.',
  hint: 'Set MONGODB_CONNECTION_STRING, or enter its settings with `testStorageConfig` and `saveStorageConfig`.',
};
