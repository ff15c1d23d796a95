import { ConfirmationError, MAX_NAMED, StorageInUseError } from '../../../domain/errors.js';
import type { StorageModeConfig, StorageTest } from '../../../services/storage-settings/contract.js';
import type { Check } from '../../../storage/health.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { CheckNameEnum, StorageModeEnum } from '../../enums.js';
import { COSTS } from '../../field-costs.js';
import { checkFields } from '../check-fields.js';
import { OVERRIDDEN_BY, StorageModeConfigRef } from './config.js';

const StorageCheckRef = builder.objectRef<Check>('StorageCheck').implement({
  description: 'A step in testing settings, and its outcome.',
  fields: (t) => ({
    name: t.expose('name', { type: CheckNameEnum, description: 'What was checked.' }),
    ...checkFields(t),
  }),
});

const TestStorageConfigPayload = builder.objectRef<StorageTest>('TestStorageConfigPayload').implement({
  fields: (t) => ({
    passed: t.boolean({
      description: 'Whether the settings passed: no check has `FAILED`.',
      resolve: ({ token }) => token !== null,
    }),
    checks: t.expose('checks', { type: [StorageCheckRef], description: 'The checks, in the order in which they ran.' }),
    token: t.exposeString('token', {
      nullable: true,
      description:
        'Token with which `saveStorageConfig` saves exactly these settings, also those that were left out; null when a check failed.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the token expires, ten minutes after the test; null without a token.',
    }),
    projectIds: t.exposeIDList('projectIds', {
      description: `Ids of projects that saving these settings would make unavailable, because they are stored where only the current settings point; deleted ones included, at most ${MAX_NAMED}. Their data is neither moved nor removed: they can be opened again when the settings point there again.`,
    }),
  }),
});

const payload = (name: string) =>
  builder.objectRef<{ readonly config: StorageModeConfig }>(name).implement({
    fields: (t) => ({
      config: t.expose('config', {
        type: StorageModeConfigRef,
        description: 'The storage mode with the settings in effect afterwards.',
      }),
      overriddenBy: t.stringList({
        description: OVERRIDDEN_BY,
        resolve: ({ config }) => config.overriddenBy,
      }),
    }),
  });
const SaveStorageConfigPayload = payload('SaveStorageConfigPayload');
const RemoveStorageConfigPayload = payload('RemoveStorageConfigPayload');

const LEFT_OUT =
  'A field that is left out keeps its value; null removes the saved value, so that an environment variable or the default applies. Blank text is an `InvalidInputError`.';

const MongodbSettings = builder.inputType('MongodbSettings', {
  description: `Settings of \`MONGODB\`. ${LEFT_OUT}`,
  fields: (t) => ({
    connectionString: t.string({
      description:
        "Connection string: a `mongodb://` or `mongodb+srv://` address. A secret, and required: it can't be null, and can be left out only while one is in effect. Options that refer to files or identities of the server's host are accepted only from the server's environment.",
    }),
    database: t.string({
      description: 'Name of the database, but not `admin`, `config` or `local`. Default: `mooring`.',
    }),
    voyageApiKey: t.string({
      description:
        "API key of Voyage AI, to embed texts with. A secret, which can't be left out when `voyageBaseUrl` changes to another server. Without a key, a model in the server embeds the texts.",
    }),
    voyageModel: t.string({ description: 'Model of Voyage AI. Default: `voyage-3-large`.' }),
    voyageBaseUrl: t.string({
      description:
        'Base URL of Voyage AI. Default: `https://api.voyageai.com/v1` for a key `pa-…`, `https://ai.mongodb.com/v1` for `al-…`.',
    }),
  }),
});
const LocalSettings = builder.inputType('LocalSettings', {
  description: `Settings of \`LOCAL\`. All are optional: with them, a Chroma server keeps and searches the vectors. ${LEFT_OUT}`,
  fields: (t) => ({
    chromaUrl: t.string({ description: 'URL of the Chroma server, such as `http://127.0.0.1:8000`. Null for none.' }),
    chromaToken: t.string({
      description:
        "Token for the Chroma server. A secret, which can't be left out when `chromaUrl` changes to another server.",
    }),
    chromaTenant: t.string({ description: 'Tenant in Chroma. Default: `default_tenant`.' }),
    chromaDatabase: t.string({ description: 'Database in Chroma. Default: `default_database`.' }),
  }),
});
const FileSettings = builder.inputType('FileSettings', {
  description: `Settings of \`FILE\`. ${LEFT_OUT}`,
  fields: (t) => ({
    path: t.string({
      description:
        "Absolute path of the folder on the server's disk that gets one folder per project, not used by the server itself or by a project. Default: `files` in the server's data directory.",
    }),
  }),
});
const StorageSettingsInput = builder.inputType('StorageSettings', {
  description:
    'Settings of one storage mode: exactly one field must be set, and not to null. An empty object stands for the current settings of the mode.',
  isOneOf: true,
  fields: (t) => ({
    mongodb: t.field({ type: MongodbSettings, description: 'Settings of `MONGODB`.' }),
    local: t.field({ type: LocalSettings, description: 'Settings of `LOCAL`.' }),
    file: t.field({ type: FileSettings, description: 'Settings of `FILE`.' }),
  }),
});

builder.mutationFields((t) => ({
  testStorageConfig: t.fieldWithInput({
    extensions: COSTS.scan,
    description:
      'Tests settings step by step, without saving or using them: connects, writes test data and removes it again. Settings that pass get a token for `saveStorageConfig`.',
    type: TestStorageConfigPayload,
    errors: { types: [] },
    authScopes: { may: 'storage:administer' },
    input: {
      settings: t.input.field({ type: StorageSettingsInput, required: true, description: 'The settings to test.' }),
    },
    resolve: (_, { input }, { services, author }) => services.storage.test(author, input),
  }),
  saveStorageConfig: t.fieldWithInput({
    extensions: COSTS.scan,
    description:
      'Saves settings that passed `testStorageConfig`, without testing them again; secrets are stored encrypted. This server uses them immediately, others on the same data directory after a restart. No data is moved: see `TestStorageConfigPayload.projectIds`. A `StorageInUseError` means that a migration depends on the current settings.',
    type: SaveStorageConfigPayload,
    errors: { types: [ConfirmationError, StorageInUseError] },
    authScopes: { may: 'storage:administer' },
    input: {
      settings: t.input.field({
        type: StorageSettingsInput,
        required: true,
        description: 'The settings, exactly as they were tested.',
      }),
      token: t.input.string({
        required: true,
        description:
          'The token that `testStorageConfig` returned for these settings in the last ten minutes. It is no longer valid when settings that were left out have changed since.',
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ storage }, author) => ({ config: await storage.save(author, input) })),
  }),
  removeStorageConfig: t.fieldWithInput({
    description:
      'Permanently removes the saved settings of a storage mode, so that environment variables and defaults apply, immediately. A `StorageInUseError` while projects, deleted ones included, or a migration need data that only these settings point to; a `NotFoundError` when none are saved.',
    type: RemoveStorageConfigPayload,
    errors: { types: [StorageInUseError] },
    authScopes: { may: 'storage:administer' },
    input: { mode: t.input.field({ type: StorageModeEnum, required: true, description: 'The storage mode.' }) },
    resolve: (_, { input }, context) =>
      write(context, async ({ storage }, author) => ({ config: await storage.remove(author, input) })),
  }),
}));
