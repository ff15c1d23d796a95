import { setTimeout as delay } from 'node:timers/promises';
import { type Db, MongoClient } from 'mongodb';
import { createAtlasIndex } from '../../../src/search/atlas/atlas-index.js';
import { EMBEDDINGS, type PassageDocument } from '../../../src/search/atlas/passage-document.js';
import { type AtlasSupport, createAtlasSupport } from '../../../src/search/atlas/support.js';
import { type SearchLogger, silentLogger } from '../../../src/search/contract.js';
import type { VectorIndex } from '../../../src/search/vectors/vector-index.js';
import { DIMENSIONS } from '../../contract/vector-index.js';

/** An index of vectors in MongoDB, as one process has it. */
export interface AtlasProcess {
  readonly db: Db;
  readonly index: VectorIndex;
  readonly support: AtlasSupport;
  close(): Promise<void>;
}

export interface AtlasProcessOptions {
  readonly projectId?: string;
  readonly model?: { readonly name: string; readonly dimensions: number };
  /** A clock by which nothing is recent any more when it is next read, so that the index alone answers. */
  readonly forgetsRecent?: boolean;
  readonly logger?: SearchLogger;
  /** Time for a search, in ms; left out, what no server that answers needs. */
  readonly searchMs?: number;
}

const HOUR = 3_600_000;

export function openAtlas(uri: string, database: string, options: AtlasProcessOptions = {}): AtlasProcess {
  const {
    projectId = 'p',
    model = { name: 'test', dimensions: DIMENSIONS },
    logger = silentLogger,
    searchMs = 60_000,
  } = options;
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000, monitorCommands: true });
  const db = client.db(database);
  const own = createAtlasSupport({ db, dimensions: model.dimensions, logger, pollMs: 1 });
  let hours = 0;
  const later = () => {
    hours += 1;
    return new Date(Date.now() + hours * HOUR);
  };
  const support = options.forgetsRecent ? { ...own, now: later } : own;
  const index = createAtlasIndex({ db, projectId, model, support, searchMs });
  return {
    ...{ db, index, support },
    async close() {
      await index.close();
      await support.close();
      await client.close();
    },
  };
}

/** Resolves when the index can be queried. */
export async function whenReady({ support }: AtlasProcess): Promise<void> {
  while ((await support.check()) !== 'READY') await delay(5);
}

/** Names of the commands that it sends from now on and that write. */
export function writesOf({ db }: AtlasProcess): readonly string[] {
  const seen: string[] = [];
  db.client.on('commandStarted', ({ commandName }) => {
    if (['insert', 'update', 'delete', 'bulkWrite'].includes(commandName)) seen.push(commandName);
  });
  return seen;
}

export const passagesOf = ({ db }: AtlasProcess) => db.collection<PassageDocument>(EMBEDDINGS);
