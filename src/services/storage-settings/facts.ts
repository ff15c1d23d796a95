import { join } from 'node:path';
import type { StorageMode } from '../../domain/project.js';
import type { SomeStorageValues, StorageSettingName } from '../../domain/storage-settings.js';

/** The facts about one setting. */
interface SettingFacts {
  readonly mode: StorageMode;
  readonly isSecret?: true;
  /** The mode doesn't work without it. */
  readonly isRequired?: true;
  /** Says where projects' documents are: with another value, they are no longer found. */
  readonly isPlace?: true;
  /** The setting with the address that this secret is sent to. */
  readonly shownTo?: StorageSettingName;
}

/** The settings of each mode, its address first. */
export const SETTINGS: { readonly [S in StorageSettingName]: SettingFacts } = {
  connectionString: { mode: 'MONGODB', isSecret: true, isRequired: true, isPlace: true },
  database: { mode: 'MONGODB', isPlace: true },
  maxPoolSize: { mode: 'MONGODB' },
  allowPlaintext: { mode: 'MONGODB' },
  voyageApiKey: { mode: 'MONGODB', isSecret: true, shownTo: 'voyageBaseUrl' },
  voyageModel: { mode: 'MONGODB' },
  voyageBaseUrl: { mode: 'MONGODB' },
  chromaUrl: { mode: 'LOCAL' },
  chromaToken: { mode: 'LOCAL', isSecret: true, shownTo: 'chromaUrl' },
  chromaTenant: { mode: 'LOCAL' },
  chromaDatabase: { mode: 'LOCAL' },
  path: { mode: 'FILE', isPlace: true },
};
export const SETTING_NAMES = Object.keys(SETTINGS) as StorageSettingName[];

/** The defaults. Tenant and database are Chroma's own. */
export function defaultValues(dataDirectory: string): SomeStorageValues {
  return {
    database: 'mooring',
    maxPoolSize: 10,
    allowPlaintext: [],
    voyageModel: 'voyage-3-large',
    chromaTenant: 'default_tenant',
    chromaDatabase: 'default_database',
    path: join(dataDirectory, 'files'),
  };
}
