import { ConfirmationError, StorageInUseError } from '../../../domain/errors.js';
import type { StorageModeConfig, StorageTest } from '../../../services/storage-settings/contract.js';
import type { Check } from '../../../storage/health.js';
import { toTenths } from '../../../util/round.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { COSTS } from '../../costs.js';
import { CheckNameEnum, CheckOutcomeEnum, StorageModeEnum } from '../../enums.js';
import { payloadText } from '../mutation.js';
import { StorageModeConfigRef } from './config.js';

const StorageCheckRef = builder.objectRef<Check>('StorageCheck').implement({
  description: 'One step of trying out settings.',
  fields: (t) => ({
    name: t.expose('name', { type: CheckNameEnum, description: 'What was looked at.' }),
    outcome: t.expose('outcome', { type: CheckOutcomeEnum, description: 'How it ended.' }),
    ms: t.float({
      description: 'How long it took, in milliseconds.',
      resolve: ({ ms }) => toTenths(ms),
    }),
    message: t.exposeString('message', { description: 'What was found.' }),
    hint: t.exposeString('hint', { nullable: true, description: 'What to do next; null when there is nothing to do.' }),
  }),
});

const TestStorageConfigPayload = builder.objectRef<StorageTest>('TestStorageConfigPayload').implement({
  description: payloadText('TestStorageConfigPayload'),
  fields: (t) => ({
    passed: t.boolean({ description: 'Whether no check failed.', resolve: ({ token }) => token !== null }),
    checks: t.expose('checks', { type: [StorageCheckRef], description: 'The checks, in their order.' }),
    token: t.exposeString('token', {
      nullable: true,
      description: 'Lets exactly these settings be saved; null when a check failed.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'Until when it is valid.' }),
    projectIds: t.exposeIDList('projectIds', {
      description:
        'Projects, at most 100, that live where the settings so far say. Saved like this, the server looks for them elsewhere.',
    }),
  }),
});

const payload = (name: string) =>
  builder.objectRef<{ readonly config: StorageModeConfig }>(name).implement({
    description: payloadText(name),
    fields: (t) => ({
      config: t.expose('config', { type: StorageModeConfigRef, description: 'The mode as it is in force now.' }),
      overriddenBy: t.stringList({
        description: 'Environment variables that win over what is saved.',
        resolve: ({ config }) => config.overriddenBy,
      }),
    }),
  });
const SaveStorageConfigPayload = payload('SaveStorageConfigPayload');
const RemoveStorageConfigPayload = payload('RemoveStorageConfigPayload');

const UNSAID = 'What is left out stays as it is in force; null is none, or the default.';

const MongodbSettings = builder.inputType('MongodbSettings', {
  description: `Settings of \`MONGODB\`. ${UNSAID}`,
  fields: (t) => ({
    connectionString: t.string({
      description:
        'Its `mongodb://` or `mongodb+srv://` address. A secret. Options that reach for files or identities of the server’s host are taken from its environment only.',
    }),
    database: t.string({ description: 'Name of the database; `mooring` by default.' }),
    voyageApiKey: t.string({ description: 'Key of Voyage AI, which embeds what is kept there. A secret.' }),
    voyageModel: t.string({ description: 'Its model; `voyage-3-large` by default.' }),
    voyageBaseUrl: t.string({ description: 'Its address; by default the one that takes keys of this kind.' }),
  }),
});
const LocalSettings = builder.inputType('LocalSettings', {
  description: `Settings of \`LOCAL\`, which needs none: a Chroma server may keep its vectors. ${UNSAID}`,
  fields: (t) => ({
    chromaUrl: t.string({ description: 'Its address, such as `http://127.0.0.1:8000`. Null: no Chroma.' }),
    chromaToken: t.string({ description: 'The token that it asks for. A secret.' }),
    chromaTenant: t.string({ description: 'The tenant; `default_tenant` by default.' }),
    chromaDatabase: t.string({ description: 'The database; `default_database` by default.' }),
  }),
});
const FileSettings = builder.inputType('FileSettings', {
  description: `Settings of \`FILE\`. ${UNSAID}`,
  fields: (t) => ({
    path: t.string({ description: "Absolute path of the folder on the server; by default one in the server's data." }),
  }),
});
const StorageSettingsInput = builder.inputType('StorageSettings', {
  description: 'Settings of exactly one storage mode.',
  isOneOf: true,
  fields: (t) => ({
    mongodb: t.field({ type: MongodbSettings, description: 'Those of `MONGODB`.' }),
    local: t.field({ type: LocalSettings, description: 'Those of `LOCAL`.' }),
    file: t.field({ type: FileSettings, description: 'Those of `FILE`.' }),
  }),
});

builder.mutationFields((t) => ({
  testStorageConfig: t.fieldWithInput({
    extensions: COSTS.place,
    description: 'Tries out settings, step by step. They are neither saved nor used, and nothing stays behind.',
    type: TestStorageConfigPayload,
    errors: { types: [] },
    authScopes: { canAdminister: true },
    input: {
      settings: t.input.field({ type: StorageSettingsInput, required: true, description: 'What to try out.' }),
    },
    resolve: (_, { input }, { services, author }) => services.storage.test(author, input),
  }),
  saveStorageConfig: t.fieldWithInput({
    extensions: COSTS.place,
    description:
      'Saves settings that have just passed their test, its secrets encrypted. They are effective at once. Refused while a migration works where the former ones say.',
    type: SaveStorageConfigPayload,
    errors: { types: [ConfirmationError, StorageInUseError] },
    authScopes: { canAdminister: true },
    input: {
      settings: t.input.field({ type: StorageSettingsInput, required: true, description: 'As they were tested.' }),
      token: t.input.string({ required: true, description: 'The token that `testStorageConfig` gave for them.' }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ storage }, author) => ({ config: await storage.save(author, input) })),
  }),
  removeStorageConfig: t.fieldWithInput({
    description: 'Removes what is saved of a storage mode, for good. Refused while projects live where it says.',
    type: RemoveStorageConfigPayload,
    errors: { types: [StorageInUseError] },
    authScopes: { canAdminister: true },
    input: { mode: t.input.field({ type: StorageModeEnum, required: true, description: 'Which mode.' }) },
    resolve: (_, { input }, context) =>
      write(context, async ({ storage }, author) => ({ config: await storage.remove(author, input) })),
  }),
}));
