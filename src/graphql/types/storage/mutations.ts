import { ConfirmationError, MAX_NAMED, StorageInUseError } from '../../../domain/errors.js';
import type { StorageModeConfig, StorageTest } from '../../../services/storage-settings/contract.js';
import type { Check } from '../../../storage/health.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { CheckNameEnum, StorageModeEnum } from '../../enums.js';
import { COSTS } from '../../field-costs.js';
import { checkFields } from '../check-fields.js';
import { payloadText } from '../payloads.js';
import { StorageModeConfigRef } from './config.js';

const StorageCheckRef = builder.objectRef<Check>('StorageCheck').implement({
  description: 'A step in testing settings, and its outcome.',
  fields: (t) => ({
    name: t.expose('name', { type: CheckNameEnum, description: 'What was checked.' }),
    ...checkFields(t),
  }),
});

const TestStorageConfigPayload = builder.objectRef<StorageTest>('TestStorageConfigPayload').implement({
  description: payloadText('TestStorageConfigPayload'),
  fields: (t) => ({
    passed: t.boolean({
      description: 'Whether the settings passed: no check failed.',
      resolve: ({ token }) => token !== null,
    }),
    checks: t.expose('checks', { type: [StorageCheckRef], description: 'The checks, in the order in which they ran.' }),
    token: t.exposeString('token', {
      nullable: true,
      description: 'Token with which `saveStorageConfig` saves exactly these settings; null when a check failed.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the token expires, ten minutes after the test; null without a token.',
    }),
    projectIds: t.exposeIDList('projectIds', {
      description: `Ids of the projects, at most ${MAX_NAMED}, that are stored where the current settings point and the tested ones don't. If you save the tested settings, the server won't find their data.`,
    }),
  }),
});

const payload = (name: string) =>
  builder.objectRef<{ readonly config: StorageModeConfig }>(name).implement({
    description: payloadText(name),
    fields: (t) => ({
      config: t.expose('config', {
        type: StorageModeConfigRef,
        description: 'The storage mode with its settings in effect now.',
      }),
      overriddenBy: t.stringList({
        description: 'Environment variables that override saved settings.',
        resolve: ({ config }) => config.overriddenBy,
      }),
    }),
  });
const SaveStorageConfigPayload = payload('SaveStorageConfigPayload');
const RemoveStorageConfigPayload = payload('RemoveStorageConfigPayload');

const LEFT_OUT =
  'A field that is left out keeps the value in effect; null removes the value, or resets it to the default.';

const MongodbSettings = builder.inputType('MongodbSettings', {
  description: `Settings of \`MONGODB\`. ${LEFT_OUT}`,
  fields: (t) => ({
    connectionString: t.string({
      description:
        "Connection string: a `mongodb://` or `mongodb+srv://` address. A secret. Options that refer to files or identities of the server's host are accepted only from the server's environment.",
    }),
    database: t.string({ description: 'Name of the database. Default: `mooring`.' }),
    voyageApiKey: t.string({
      description:
        'API key of Voyage AI, to embed texts with. A secret. Without one, a model in the server embeds them.',
    }),
    voyageModel: t.string({ description: 'Model of Voyage AI. Default: `voyage-3-large`.' }),
    voyageBaseUrl: t.string({ description: 'Base URL of Voyage AI. Default: the one that accepts keys of this kind.' }),
  }),
});
const LocalSettings = builder.inputType('LocalSettings', {
  description: `Settings of \`LOCAL\`. All are optional: with them, a Chroma server keeps and searches the vectors. ${LEFT_OUT}`,
  fields: (t) => ({
    chromaUrl: t.string({ description: 'URL of the Chroma server, such as `http://127.0.0.1:8000`. Null for none.' }),
    chromaToken: t.string({ description: 'Token for the Chroma server. A secret.' }),
    chromaTenant: t.string({ description: 'Tenant in Chroma. Default: `default_tenant`.' }),
    chromaDatabase: t.string({ description: 'Database in Chroma. Default: `default_database`.' }),
  }),
});
const FileSettings = builder.inputType('FileSettings', {
  description: `Settings of \`FILE\`. ${LEFT_OUT}`,
  fields: (t) => ({
    path: t.string({
      description:
        "Absolute path of the folder on the server's disk. Default: a folder in the server's data directory.",
    }),
  }),
});
const StorageSettingsInput = builder.inputType('StorageSettings', {
  description: 'Settings of one storage mode: exactly one field must be set.',
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
    description: 'Tests settings step by step, without saving or using them. What the test writes is removed again.',
    type: TestStorageConfigPayload,
    errors: { types: [] },
    authScopes: { canAdminister: true },
    input: {
      settings: t.input.field({ type: StorageSettingsInput, required: true, description: 'The settings to test.' }),
    },
    resolve: (_, { input }, { services, author }) => services.storage.test(author, input),
  }),
  saveStorageConfig: t.fieldWithInput({
    extensions: COSTS.scan,
    description:
      'Saves settings that passed `testStorageConfig`; secrets are stored encrypted. They take effect immediately. Not possible while a migration depends on the current settings.',
    type: SaveStorageConfigPayload,
    errors: { types: [ConfirmationError, StorageInUseError] },
    authScopes: { canAdminister: true },
    input: {
      settings: t.input.field({
        type: StorageSettingsInput,
        required: true,
        description: 'The settings, exactly as they were tested.',
      }),
      token: t.input.string({
        required: true,
        description: 'The token that `testStorageConfig` returned for these settings.',
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ storage }, author) => ({ config: await storage.save(author, input) })),
  }),
  removeStorageConfig: t.fieldWithInput({
    description:
      'Permanently removes the saved settings of a storage mode; this takes effect immediately. Not possible while projects, deleted ones included, are stored where these settings point.',
    type: RemoveStorageConfigPayload,
    errors: { types: [StorageInUseError] },
    authScopes: { canAdminister: true },
    input: { mode: t.input.field({ type: StorageModeEnum, required: true, description: 'The storage mode.' }) },
    resolve: (_, { input }, context) =>
      write(context, async ({ storage }, author) => ({ config: await storage.remove(author, input) })),
  }),
}));
