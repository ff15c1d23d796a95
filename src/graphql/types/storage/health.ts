import { StorageModeUnavailableError } from '../../../domain/errors.js';
import type { StorageRepair } from '../../../services/storage-settings/contract.js';
import type { StorageHealth } from '../../../storage/health.js';
import { builder } from '../../builder.js';
import { StorageModeEnum } from '../../enums.js';
import { COSTS } from '../../field-costs.js';
import { payloadText } from '../payloads.js';

const StorageCollectionRef = builder.objectRef<StorageHealth['collections'][number]>('StorageCollection').implement({
  description: 'A collection of records in the storage of a mode.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the collection.' }),
    count: t.exposeInt('count', { description: 'Number of records in the collection, of all projects.' }),
  }),
});

const StoragePoolRef = builder.objectRef<NonNullable<StorageHealth['pool']>>('StoragePool').implement({
  description: 'The pool of connections to a database server.',
  fields: (t) => ({
    inUse: t.exposeInt('inUse', { description: 'Number of connections in use.' }),
    idle: t.exposeInt('idle', { description: 'Number of open connections that are not in use.' }),
    max: t.exposeInt('max', { description: 'Maximum number of connections.' }),
  }),
});

const StorageFailureRef = builder.objectRef<NonNullable<StorageHealth['lastError']>>('StorageFailure').implement({
  description: 'An error, and when it occurred.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What happened.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it happened.' }),
  }),
});

const StorageHealthRef = builder.objectRef<StorageHealth>('StorageHealth').implement({
  description: 'Health of the storage of a mode.',
  fields: (t) => ({
    mode: t.expose('mode', { type: StorageModeEnum, description: 'The storage mode.' }),
    ok: t.exposeBoolean('ok', {
      description:
        'Whether projects can be read and written, and memories are embedded. If so, `problems` may still name something minor, such as a missing index in a database.',
    }),
    isReachable: t.exposeBoolean('isReachable', { description: 'Whether the storage can be reached.' }),
    latencyMs: t.exposeFloat('latencyMs', {
      nullable: true,
      description: 'Duration of a small test access, in milliseconds; null when it failed.',
    }),
    place: t.exposeString('place', {
      description:
        "Name of the database, or path of the folder, that projects are stored in; empty when the mode isn't configured.",
    }),
    collections: t.expose('collections', {
      type: [StorageCollectionRef],
      description: 'The collections, with their sizes.',
    }),
    indexes: t.stringList({
      description: 'Indexes that exist, as `collection.index`.',
      resolve: ({ indexes }) => indexes.present,
    }),
    missingIndexes: t.stringList({
      description: 'Indexes that are missing, as `collection.index`. `repairStorage` creates them.',
      resolve: ({ indexes }) => indexes.missing,
    }),
    pool: t.expose('pool', {
      type: StoragePoolRef,
      nullable: true,
      description: 'The connection pool; null when the mode has none.',
    }),
    lastError: t.expose('lastError', {
      type: StorageFailureRef,
      nullable: true,
      description: 'Last error of a connection; null when there was none.',
    }),
    problems: t.exposeStringList('problems', {
      description: 'Problems that were found, including why memories wait to be embedded; empty when there are none.',
    }),
  }),
});

const RepairStoragePayload = builder.objectRef<StorageRepair>('RepairStoragePayload').implement({
  description: payloadText('RepairStoragePayload'),
  fields: (t) => ({
    repaired: t.exposeStringList('repaired', { description: 'What was created, each in a few words.' }),
    health: t.expose('health', { type: StorageHealthRef, description: 'Health after the repair.' }),
  }),
});

builder.queryField('storageHealth', (t) =>
  t.field({
    type: [StorageHealthRef],
    extensions: COSTS.scan,
    description:
      'Health of the storage of each mode. Storage that is down is not an error of this query: its health says so.',
    authScopes: { canAdminister: true },
    args: { mode: t.arg({ type: StorageModeEnum, description: 'Check only this storage mode. Default: all.' }) },
    resolve: (_, { mode }, { services }) => services.storage.health(mode),
  }),
);

builder.mutationField('repairStorage', (t) =>
  t.fieldWithInput({
    extensions: COSTS.scan,
    description: 'Creates the collections and indexes that are missing in the storage of a mode. No record is changed.',
    type: RepairStoragePayload,
    errors: { types: [StorageModeUnavailableError] },
    authScopes: { canAdminister: true },
    input: { mode: t.input.field({ type: StorageModeEnum, required: true, description: 'The storage mode.' }) },
    resolve: (_, { input }, { services, author }) => services.storage.repair(author, input),
  }),
);
