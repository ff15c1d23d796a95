import type { ShownSecret, ShownSetting, StorageModeConfig } from '../../../services/storage-settings/contract.js';
import { builder } from '../../builder.js';
import { SettingSourceEnum, StorageModeEnum, VectorSearchEnum } from '../../enums.js';

/** Describes the variables that override saved settings. */
export const OVERRIDDEN_BY =
  'Environment variables that override saved settings. While they are set, those saved values have no effect.';
const NAME = 'Name of the setting.';
const SOURCE = 'Where the value comes from.';
const VARIABLE = 'Environment variable that sets the value; null when none does.';

const StorageSettingRef = builder.objectRef<ShownSetting>('StorageSetting').implement({
  description: 'A setting that is not a secret, with the value in effect.',
  fields: (t) => ({
    name: t.exposeString('name', { description: NAME }),
    value: t.exposeString('value', {
      nullable: true,
      description:
        'Value in effect, a list joined with commas, a URL without user, password and query; null when there is none.',
    }),
    source: t.expose('source', { type: SettingSourceEnum, description: SOURCE }),
    variable: t.exposeString('variable', { nullable: true, description: VARIABLE }),
  }),
});

const StorageSecretRef = builder.objectRef<ShownSecret>('StorageSecret').implement({
  description:
    'A setting that is a secret, such as an API key. Of its value, at most the last four characters (`ending`) are shown.',
  fields: (t) => ({
    name: t.exposeString('name', { description: NAME }),
    isSet: t.exposeBoolean('isSet', {
      description: "Whether the secret is set, even if the server's key can't decrypt it.",
    }),
    ending: t.exposeString('ending', {
      description:
        'Last four characters, to recognize the secret by; empty when it is not set, or shorter than 12 characters.',
    }),
    source: t.expose('source', { type: SettingSourceEnum, description: SOURCE }),
    variable: t.exposeString('variable', { nullable: true, description: VARIABLE }),
  }),
});

const StorageEmbedderRef = builder.objectRef<StorageModeConfig['embedder']>('StorageEmbedder').implement({
  description: 'The embedder of a storage mode, which turns texts into vectors.',
  fields: (t) => ({
    model: t.exposeString('name', { description: 'Name of the embedding model.' }),
    dimensions: t.exposeInt('dimensions', { description: 'Number of dimensions of a vector.' }),
    note: t.exposeString('note', {
      nullable: true,
      description: 'A limitation, such as a missing API key; null when there is none.',
    }),
  }),
});

export const StorageModeConfigRef = builder.objectRef<StorageModeConfig>('StorageModeConfig').implement({
  description: 'A storage mode: its parts on this server, and its settings.',
  fields: (t) => ({
    mode: t.expose('mode', { type: StorageModeEnum, description: 'The storage mode.' }),
    available: t.exposeBoolean('available', {
      description:
        'Whether the mode is configured and its settings are usable. Whether its storage works is in `storageHealth`.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'What is wrong with the mode or its settings; null when nothing is.',
    }),
    hint: t.exposeString('hint', {
      nullable: true,
      description: 'How to fix the problem described in `reason`; null when nothing is wrong.',
    }),
    place: t.exposeString('place', {
      nullable: true,
      description:
        "Where projects without a location of their own are stored: for `LOCAL` and `FILE` the path of a folder, for `MONGODB` `host[,host]/database`; null when the mode isn't configured.",
    }),
    voyageConfigured: t.exposeBoolean('voyageConfigured', {
      description: 'Whether an API key of Voyage AI is set for this mode.',
    }),
    embedder: t.expose('embedder', {
      type: StorageEmbedderRef,
      description: 'What embeds the texts of projects in this mode.',
    }),
    vectorSearch: t.expose('vectorSearch', {
      type: VectorSearchEnum,
      description: 'What runs vector search for projects in this mode.',
    }),
    source: t.expose('source', {
      type: SettingSourceEnum,
      description:
        "Where the value of the mode's main setting comes from: the connection string of `MONGODB`, the folder of `FILE`, or the Chroma URL of `LOCAL`.",
    }),
    settings: t.expose('settings', {
      type: [StorageSettingRef],
      description: 'Settings of the mode, without secrets.',
    }),
    secrets: t.expose('secrets', {
      type: [StorageSecretRef],
      description: 'Secrets of the mode, and whether they are set.',
    }),
    overriddenBy: t.exposeStringList('overriddenBy', {
      description: OVERRIDDEN_BY,
    }),
    savedAt: t.expose('savedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When settings of the mode were last saved; null when none are saved.',
    }),
  }),
});

const StorageConfigRef = builder.objectRef<readonly StorageModeConfig[]>('StorageConfig').implement({
  description: 'Storage configuration of this server.',
  fields: (t) => ({
    modes: t.field({ type: [StorageModeConfigRef], description: 'All storage modes.', resolve: (modes) => modes }),
  }),
});

builder.queryField('storageConfig', (t) =>
  t.field({
    type: StorageConfigRef,
    description: 'Storage configuration of this server: the settings in effect, and where each comes from.',
    authScopes: { may: 'storage:administer' },
    resolve: (_, __, { services }) => services.storage.config(),
  }),
);
