import {
  AlreadyExistsError,
  ConfirmationError,
  ConflictError,
  EmbeddingError,
  InvalidInputError,
  MAX_NAMED,
  MigrationStateError,
  type MooringError,
  NotFoundError,
  RouteChangedError,
  StorageInUseError,
  StorageModeUnavailableError,
  StoreError,
} from '../domain/errors.js';
import { builder } from './builder.js';
import { ErrorCodeEnum } from './enums.js';
import { NodeRef } from './refs.js';

const ErrorInterface = builder.interfaceRef<MooringError>('Error').implement({
  description: 'What every error says: what happened and why, a stable code, and what to do next.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What happened, and why.' }),
    code: t.field({ description: 'A stable code to decide by.', type: ErrorCodeEnum, resolve: (error) => error.code }),
    hint: t.exposeString('hint', { description: 'What to do next.' }),
  }),
});

builder.objectType(InvalidInputError, {
  name: 'InvalidInputError',
  description: "The input can't be taken as it is.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    field: t.exposeString('field', {
      description: 'Which field, as a path into the input, such as `tasks.2.title`; null when it is about the whole.',
      nullable: true,
    }),
  }),
});

builder.objectType(NotFoundError, {
  name: 'NotFoundError',
  description: 'There is no such record, or it is deleted.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ recordId: t.exposeID('recordId', { description: 'The id that was looked for.' }) }),
});

builder.objectType(ConflictError, {
  name: 'ConflictError',
  description: 'The record moved on since the version that was read. Nothing was written.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    recordId: t.exposeID('recordId', { description: 'Id of the record.' }),
    currentVersion: t.int({
      description: 'The version it is at now; null when it is gone.',
      nullable: true,
      resolve: (error) => error.current?.version,
    }),
    current: t.field({
      description: 'The record as it is now; null when it is gone.',
      type: NodeRef,
      nullable: true,
      resolve: (error) => error.current,
    }),
  }),
});

builder.objectType(AlreadyExistsError, {
  name: 'AlreadyExistsError',
  description: 'Another record holds what must be unique.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    existingId: t.exposeID('existingId', {
      description: 'Id of the record that holds it, when it is known.',
      nullable: true,
    }),
    existingIsDeleted: t.exposeBoolean('existingIsDeleted', {
      description:
        'Whether that record is deleted: then the `restore…` of its kind brings it back. Null when it is not known.',
      nullable: true,
    }),
  }),
});

builder.objectType(StorageInUseError, {
  name: 'StorageInUseError',
  description: "The settings can't be removed: projects live where they say. Nothing was removed.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    projectIds: t.exposeIDList('projectIds', {
      description: `Ids of the projects, deleted ones included; at most ${MAX_NAMED}.`,
    }),
  }),
});

builder.objectType(MigrationStateError, {
  name: 'MigrationStateError',
  description: "The migration, or the project that is on the move, can't do this now. Nothing was changed.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    migrationId: t.exposeID('migrationId', {
      description: 'Id of the migration that was asked, or that stands in the way; null when there is none.',
      nullable: true,
    }),
  }),
});

const PLAIN = [
  [
    ConfirmationError,
    'ConfirmationError',
    "What was asked for wasn't confirmed by a valid token. Nothing was changed.",
  ],
  [StorageModeUnavailableError, 'StorageModeUnavailableError', "The storage mode can't be used on this server."],
  [StoreError, 'StoreError', "The project's store can't do its work. Nothing was written."],
  [RouteChangedError, 'RouteChangedError', 'The project moved to another store meanwhile. Nothing was written.'],
  [EmbeddingError, 'EmbeddingError', "Embeddings can't be made."],
] as const;
for (const [type, name, description] of PLAIN) {
  builder.objectType<[typeof ErrorInterface], typeof type>(type, { name, description, interfaces: [ErrorInterface] });
}

/** The errors of every mutation that works with a version that was read. */
export const VERSIONED = { types: [ConflictError] };
/** The errors of every purge. */
export const PURGING = { types: [ConflictError, ConfirmationError] };
/** The errors of every mutation that may meet what is taken. */
export const CREATING = { types: [AlreadyExistsError, ConflictError] };
