import { StorageModeUnavailableError } from '../../../domain/errors.js';
import type { StorageRepair } from '../../../services/storage-settings/contract.js';
import type { StorageHealth } from '../../../storage/health.js';
import { builder } from '../../builder.js';
import { COSTS } from '../../costs.js';
import { StorageModeEnum } from '../../enums.js';
import { payloadText } from '../mutation.js';

const StorageCollectionRef = builder.objectRef<StorageHealth['collections'][number]>('StorageCollection').implement({
  description: 'A collection where a storage mode keeps projects.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    count: t.exposeInt('count', { description: 'How many records it holds, of all projects.' }),
  }),
});

const StoragePoolRef = builder.objectRef<NonNullable<StorageHealth['pool']>>('StoragePool').implement({
  description: 'The connections to a server.',
  fields: (t) => ({
    inUse: t.exposeInt('inUse', { description: 'At work.' }),
    idle: t.exposeInt('idle', { description: 'Open and waiting.' }),
    max: t.exposeInt('max', { description: 'The most that are opened.' }),
  }),
});

const StorageFailureRef = builder.objectRef<NonNullable<StorageHealth['lastError']>>('StorageFailure').implement({
  description: 'Something that went wrong.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
  }),
});

const StorageHealthRef = builder.objectRef<StorageHealth>('StorageHealth').implement({
  description: 'How the place of a storage mode is doing.',
  fields: (t) => ({
    mode: t.expose('mode', { type: StorageModeEnum, description: 'Which mode.' }),
    ok: t.exposeBoolean('ok', {
      description: 'Whether nothing is the matter: projects can be read and written, and memories are embedded.',
    }),
    isReachable: t.exposeBoolean('isReachable', { description: 'Whether it answers.' }),
    latencyMs: t.exposeFloat('latencyMs', {
      nullable: true,
      description: 'Time of one small read, in milliseconds; null when it failed.',
    }),
    place: t.exposeString('place', { description: 'Name of the database, or path of the folder.' }),
    collections: t.expose('collections', { type: [StorageCollectionRef], description: 'What is kept there.' }),
    indexes: t.stringList({
      description: 'Indexes that are there, as `collection.index`.',
      resolve: ({ indexes }) => indexes.present,
    }),
    missingIndexes: t.stringList({
      description: 'Indexes that should be there and are not: `repairStorage` makes them.',
      resolve: ({ indexes }) => indexes.missing,
    }),
    pool: t.expose('pool', {
      type: StoragePoolRef,
      nullable: true,
      description: 'Its connections; null where there are none.',
    }),
    lastError: t.expose('lastError', {
      type: StorageFailureRef,
      nullable: true,
      description: 'What went wrong there last; null when nothing did.',
    }),
    problems: t.exposeStringList('problems', {
      description: 'What is the matter, also why memories wait for their vectors; empty when all is well.',
    }),
  }),
});

const RepairStoragePayload = builder.objectRef<StorageRepair>('RepairStoragePayload').implement({
  description: payloadText('RepairStoragePayload'),
  fields: (t) => ({
    repaired: t.exposeStringList('repaired', { description: 'What was made, each in a few words.' }),
    health: t.expose('health', { type: StorageHealthRef, description: 'How it is doing now.' }),
  }),
});

builder.queryField('storageHealth', (t) =>
  t.field({
    type: [StorageHealthRef],
    extensions: COSTS.place,
    description: 'How the places of the storage modes are doing. One that is down is no error: the answer says so.',
    authScopes: { canAdminister: true },
    args: { mode: t.arg({ type: StorageModeEnum, description: 'Only this one. Left out: all.' }) },
    resolve: (_, { mode }, { services }) => services.storage.health(mode),
  }),
);

builder.mutationField('repairStorage', (t) =>
  t.fieldWithInput({
    extensions: COSTS.place,
    description: "Makes again what is missing of a storage mode's collections and indexes. No record is touched.",
    type: RepairStoragePayload,
    errors: { types: [StorageModeUnavailableError] },
    authScopes: { canAdminister: true },
    input: { mode: t.input.field({ type: StorageModeEnum, required: true, description: 'Which mode.' }) },
    resolve: (_, { input }, { services, author }) => services.storage.repair(author, input),
  }),
);
