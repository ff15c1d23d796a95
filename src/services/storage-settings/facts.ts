import { join } from 'node:path';
import type { StorageMode } from '../../domain/project.js';
import type { SomeStorageValues, StorageSettingName } from '../../domain/storage-settings.js';

/** What is known of one setting. */
interface SettingFacts {
  readonly mode: StorageMode;
  readonly isSecret?: true;
  /** The mode can't be without it. */
  readonly isRequired?: true;
  /** Says where projects' documents lie: with another value, they are looked for elsewhere. */
  readonly isPlace?: true;
  /** The setting that says to whom this secret is shown. */
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

/** What a setting is when nobody says. Tenant and database are Chroma's own defaults. */
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
