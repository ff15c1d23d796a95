import type { ShownSecret, ShownSetting, StorageModeConfig } from '../../../services/storage-settings/contract.js';
import { builder } from '../../builder.js';
import { SettingSourceEnum, StorageModeEnum, VectorSearchEnum } from '../../enums.js';

const NAME = 'Its name, as it is entered.';
const SOURCE = 'Where it comes from.';
const VARIABLE = 'The environment variable that gave it; null when none did.';

const StorageSettingRef = builder.objectRef<ShownSetting>('StorageSetting').implement({
  description: 'A setting that is no secret, as it is in force.',
  fields: (t) => ({
    name: t.exposeString('name', { description: NAME }),
    value: t.exposeString('value', { nullable: true, description: "Null when it isn't set." }),
    source: t.expose('source', { type: SettingSourceEnum, description: SOURCE }),
    variable: t.exposeString('variable', { nullable: true, description: VARIABLE }),
  }),
});

const StorageSecretRef = builder.objectRef<ShownSecret>('StorageSecret').implement({
  description: 'What may be told of a secret. The secret itself never leaves the server.',
  fields: (t) => ({
    name: t.exposeString('name', { description: NAME }),
    isSet: t.exposeBoolean('isSet', { description: 'Whether there is one.' }),
    ending: t.exposeString('ending', {
      description: 'Its last four characters, to know it by; empty when it is too short to tell any.',
    }),
    source: t.expose('source', { type: SettingSourceEnum, description: SOURCE }),
    variable: t.exposeString('variable', { nullable: true, description: VARIABLE }),
  }),
});

const StorageEmbedderRef = builder.objectRef<StorageModeConfig['embedder']>('StorageEmbedder').implement({
  description: 'What turns the texts of a storage mode into vectors.',
  fields: (t) => ({
    model: t.exposeString('name', { description: 'Its model.' }),
    dimensions: t.exposeInt('dimensions', { description: 'How many numbers a vector has.' }),
    note: t.exposeString('note', { nullable: true, description: 'What is less than it could be; null otherwise.' }),
  }),
});

export const StorageModeConfigRef = builder.objectRef<StorageModeConfig>('StorageModeConfig').implement({
  description: 'A storage mode: what it is made of on this server, and by which settings.',
  fields: (t) => ({
    mode: t.expose('mode', { type: StorageModeEnum, description: 'Which mode.' }),
    available: t.exposeBoolean('available', { description: 'Whether projects can live there.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'What is the matter; null when nothing is.' }),
    hint: t.exposeString('hint', { nullable: true, description: 'What to do about it.' }),
    place: t.exposeString('place', {
      nullable: true,
      description: "Name of the database, or path of the folder; null when it isn't configured.",
    }),
    voyageConfigured: t.exposeBoolean('voyageConfigured', { description: 'Whether it has a key of Voyage AI.' }),
    embedder: t.expose('embedder', { type: StorageEmbedderRef, description: 'What embeds its texts.' }),
    vectorSearch: t.expose('vectorSearch', { type: VectorSearchEnum, description: 'What searches its vectors.' }),
    source: t.expose('source', { type: SettingSourceEnum, description: 'Where its address comes from.' }),
    settings: t.expose('settings', { type: [StorageSettingRef], description: 'Its settings, without the secrets.' }),
    secrets: t.expose('secrets', { type: [StorageSecretRef], description: 'Its secrets: which are set.' }),
    overriddenBy: t.exposeStringList('overriddenBy', {
      description: 'Environment variables that win over what is saved.',
    }),
    savedAt: t.expose('savedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its settings were last saved; null when none are.',
    }),
  }),
});

const StorageConfigRef = builder.objectRef<readonly StorageModeConfig[]>('StorageConfig').implement({
  description: 'Where projects can live on this server.',
  fields: (t) => ({
    modes: t.field({ type: [StorageModeConfigRef], description: 'Every storage mode.', resolve: (modes) => modes }),
  }),
});

builder.queryField('storageConfig', (t) =>
  t.field({
    type: StorageConfigRef,
    description: 'How this server keeps projects. No secret is in it.',
    authScopes: { canAdminister: true },
    resolve: (_, __, { services }) => services.storage.config(),
  }),
);
