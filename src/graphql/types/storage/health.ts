import { StorageModeUnavailableError } from '../../../domain/errors.js';
import type { StorageRepair } from '../../../services/storage-settings/contract.js';
import type { StorageHealth } from '../../../storage/health.js';
import { builder } from '../../builder.js';
import { StorageModeEnum } from '../../enums.js';
import { COSTS } from '../../field-costs.js';
import { mayEither } from '../../scopes.js';

const StorageCollectionRef = builder.objectRef<StorageHealth['collections'][number]>('StorageCollection').implement({
  description: 'A collection of records in the storage of a mode.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the collection.' }),
    count: t.exposeInt('count', {
      description:
        'Number of records of all projects at `StorageHealth.place`, deleted ones included; for `MONGODB` an estimate.',
    }),
  }),
});

const StoragePoolRef = builder.objectRef<NonNullable<StorageHealth['pool']>>('StoragePool').implement({
  description: 'The pool of connections to a database server.',
  fields: (t) => ({
    inUse: t.exposeInt('inUse', { description: 'Number of connections in use.' }),
    idle: t.exposeInt('idle', { description: 'Number of open connections that are not in use.' }),
    max: t.exposeInt('max', { description: 'Maximum number of connections (`MONGODB_MAX_POOL_SIZE`).' }),
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
  description: 'Health of the storage of a mode, as just checked.',
  fields: (t) => ({
    mode: t.expose('mode', { type: StorageModeEnum, description: 'The storage mode.' }),
    ok: t.exposeBoolean('ok', {
      description:
        "Whether nothing was found that prevents using projects or embedding memories. For `MONGODB`, writing isn't tried, and `problems` may still name missing indexes.",
    }),
    isReachable: t.exposeBoolean('isReachable', {
      description: 'Whether the folder or the database can be reached; false when the mode is not configured.',
    }),
    latencyMs: t.exposeFloat('latencyMs', {
      nullable: true,
      description: 'Duration of one small access to the folder or the database, in milliseconds; null when it failed.',
    }),
    place: t.exposeString('place', {
      description:
        "Where projects without a location of their own are stored: for `LOCAL` and `FILE` the path of a folder, for `MONGODB` `host[,host]/database`; empty when the mode isn't configured.",
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
      description: 'The connection pool; null except for `MONGODB`.',
    }),
    lastError: t.expose('lastError', {
      type: StorageFailureRef,
      nullable: true,
      description:
        'Last error of the connection to MongoDB or Chroma since the server started or the settings changed, even if it works again; null when there was none.',
    }),
    problems: t.exposeStringList('problems', {
      description:
        'Problems that were found, such as projects that could not be opened in the last minute, damaged files, and why memories are not embedded yet; empty when there are none.',
    }),
  }),
});

const RepairStoragePayload = builder.objectRef<StorageRepair>('RepairStoragePayload').implement({
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
      'Checks the storage of each mode now: nothing is cached, but simultaneous queries share a check. In `LOCAL` and `FILE` a small file is written, read and removed; `MONGODB` is only read. Storage that is down is not an error of this query: `ok` is false, and `problems` says why. Storage that hangs is reported within about a minute.',
    authScopes: mayEither('storage:operate', 'storage:administer'),
    args: { mode: t.arg({ type: StorageModeEnum, description: 'Check only this storage mode. Default: all.' }) },
    resolve: (_, { mode }, { services }) => services.storage.health(mode),
  }),
);

builder.mutationField('repairStorage', (t) =>
  t.fieldWithInput({
    extensions: COSTS.scan,
    description:
      'Creates the collections and indexes that are missing in the storage of a mode, at `StorageHealth.place`. No record is changed. For `FILE` there is nothing to create.',
    type: RepairStoragePayload,
    errors: { types: [StorageModeUnavailableError] },
    authScopes: mayEither('storage:operate', 'storage:administer'),
    input: { mode: t.input.field({ type: StorageModeEnum, required: true, description: 'The storage mode.' }) },
    resolve: (_, { input }, { services, author }) => services.storage.repair(author, input),
  }),
);
