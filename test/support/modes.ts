import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { StorageSettings } from '../../src/domain/storage-settings.js';
import { createStorageModes, type StorageModes } from '../../src/modes/modes.js';
import { sharedMiniLm } from './minilm.js';
import { mongoUnavailable, sharedMongo } from './mongodb/mongodb.js';
import { mongoSettings } from './mongodb/stores.js';

/** The storage modes that can be tested on this machine. */
export const MODES = mongoUnavailable ? (['LOCAL', 'FILE'] as const) : (['LOCAL', 'FILE', 'MONGODB'] as const);

/** Settings under which every mode of this machine can be used, without external services. */
export function storageSettings(folder: string, database: string): StorageSettings {
  const mongo = mongoUnavailable ? null : mongoSettings(sharedMongo(), database);
  return { mongo, voyage: null, chroma: null, file: { path: join(folder, 'files') } };
}

/** All storage modes over a data directory and a database, closed when the test ends. */
export async function openModes(folder: string, database: string): Promise<StorageModes> {
  const modes = await createStorageModes({
    dataDirectory: folder,
    settings: storageSettings(folder, database),
    logger: { info() {}, warn() {} },
    miniLm: sharedMiniLm(),
  });
  onTestFinished(() => modes.close());
  return modes;
}
