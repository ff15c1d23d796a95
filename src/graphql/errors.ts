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
import { SecretRefusedError } from '../screening/errors.js';
import { redactText } from '../secrets/redact.js';
import { ClaimLostError, NothingReadyError, TaskNotReadyError } from '../services/claims/errors.js';
import { ChangedSinceError, MAX_CHANGES_NAMED } from '../services/records/undo/errors.js';
import { builder } from './builder.js';
import { ErrorCodeEnum } from './error-codes.js';
import { NodeRef } from './refs.js';
import { LogEntryRef } from './types/record/log-entry.js';

/** What all errors have. */
export const ErrorInterface = builder.interfaceRef<MooringError>('Error').implement({
  description:
    "An error that a mutation returns as data. Other errors are in the response's `errors`: see `Query` and `Mutation`.",
  fields: (t) => ({
    message: t.string({
      description: 'What happened, and why.',
      // It names keys of JSON, which may be anything.
      resolve: ({ message }) => redactText(message).text,
    }),
    code: t.field({
      description: 'Stable code of the error, for programs to act on.',
      type: ErrorCodeEnum,
      resolve: (error) => error.code,
    }),
    hint: t.exposeString('hint', { description: 'What to do next.' }),
  }),
});

builder.objectType(InvalidInputError, {
  name: 'InvalidInputError',
  description: 'The input is invalid. Nothing was written.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    field: t.exposeString('field', {
      description:
        'Path of the invalid field in the input, such as `tasks.2.title` for the title of the third task; null when the error concerns the whole input.',
      nullable: true,
    }),
  }),
});

builder.objectType(NotFoundError, {
  name: 'NotFoundError',
  description:
    "What the input names doesn't exist, or is deleted although it must be live, or is in a deleted project. Nothing was written.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    recordId: t.exposeID('recordId', {
      description:
        "The id, from the input, of what was not found. When `saveState` finds no state, the owner's id; when `removeStorageConfig` finds no saved settings, the storage mode.",
    }),
  }),
});

builder.objectType(ConflictError, {
  name: 'ConflictError',
  description:
    'The record was changed after the version that you read. Nothing was written. A mutation whose input has no `version` returns it only when other writes interfered with every attempt: then repeat the mutation.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    recordId: t.exposeID('recordId', { description: 'Id of the record.' }),
    currentVersion: t.int({
      description: 'Current version of the record; null when it was purged.',
      nullable: true,
      resolve: (error) => error.current?.version,
    }),
    current: t.field({
      description: 'The record as it is now; null when it was purged.',
      type: NodeRef,
      nullable: true,
      resolve: (error) => error.current,
    }),
  }),
});

builder.objectType(ChangedSinceError, {
  name: 'ChangedSinceError',
  description:
    "The request can't be undone as a whole, because others have changed records since that its undo would change. Nothing was written.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    changes: t.field({
      type: [LogEntryRef],
      description: `The last change of each of these records; at most ${MAX_CHANGES_NAMED}.`,
      resolve: ({ changes }, _, context) =>
        changes.map((entry) => ({
          entry,
          after: async () =>
            (await context.repositories(entry.recordId)).store.log.image(entry.recordId, entry.version),
        })),
    }),
  }),
});

builder.objectType(AlreadyExistsError, {
  name: 'AlreadyExistsError',
  description:
    "Another record already has a value that must be unique: an `externalId`, a project's `path`, the `key` of a session or state, or the `supersedes` of a memory. Nothing was written.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    existingId: t.exposeID('existingId', {
      description: 'Id of the record that has the value; null when unknown.',
      nullable: true,
    }),
    existingIsDeleted: t.exposeBoolean('existingIsDeleted', {
      description:
        'Whether that record is deleted; if so, the `restore…` mutation of its kind brings it back. Null when unknown.',
      nullable: true,
    }),
  }),
});

builder.objectType(SecretRefusedError, {
  name: 'SecretRefusedError',
  description:
    "A text holds a secret, such as a token or a password, and the policy refuses it (`Project.secrets`, or `MOORING_SECRETS` of the server) or its field can't be redacted: an `externalId`, the `key` of a session or state, a `sessionId`, or the `path` of a project. Nothing was written, and the text is not repeated.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    field: t.exposeString('field', {
      description: 'Path of the field in the input, such as `tasks.2.title` for the title of the third task.',
    }),
    rule: t.exposeString('rule', { description: 'Name of the rule that found the secret, such as `github-token`.' }),
  }),
});

builder.objectType(TaskNotReadyError, {
  name: 'TaskNotReadyError',
  description:
    "The task can't be claimed now: it is done or blocked, waits for other tasks, or another agent holds it.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    recordId: t.exposeID('recordId', { description: 'Id of the task.' }),
    blockedBy: t.exposeIDList('blockedBy', {
      description: 'Ids of the tasks that must be done first; empty when the reason is another.',
    }),
    heldBy: t.string({
      description: 'Agent that holds the task; null when none does.',
      nullable: true,
      resolve: ({ heldBy }) => heldBy?.agent,
    }),
    heldUntil: t.field({
      type: 'DateTime',
      description: 'When that claim expires; null when no agent holds the task.',
      nullable: true,
      resolve: ({ heldBy }) => heldBy?.expiresAt,
    }),
  }),
});

builder.objectType(ClaimLostError, {
  name: 'ClaimLostError',
  description:
    "The token isn't that of the task's current claim, or the claim expired or ended. Nothing was written: stop working on the task, or claim it again.",
  interfaces: [ErrorInterface],
  fields: (t) => ({ recordId: t.exposeID('recordId', { description: 'Id of the task.' }) }),
});

builder.objectType(StorageInUseError, {
  name: 'StorageInUseError',
  description: 'Projects, or a migration, depend on the storage settings. Nothing was changed.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    projectIds: t.exposeIDList('projectIds', {
      description: `Ids of these projects, deleted ones included; at most ${MAX_NAMED}.`,
    }),
  }),
});

builder.objectType(MigrationStateError, {
  name: 'MigrationStateError',
  description:
    "The operation isn't possible in the current state of the migration, or while the project is being migrated. Nothing was changed.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    migrationId: t.exposeID('migrationId', {
      description: 'Id of the migration that the operation was for, or that prevents it; null when there is none.',
      nullable: true,
    }),
  }),
});

const PLAIN = [
  [NothingReadyError, 'NothingReadyError', 'No task that passes the filter is ready. Nothing was written.'],
  [
    ConfirmationError,
    'ConfirmationError',
    "The token doesn't confirm this operation: it is invalid, expired, or was issued for something else. Nothing was changed.",
  ],
  [StorageModeUnavailableError, 'StorageModeUnavailableError', "The storage mode isn't available on this server."],
  [
    StoreError,
    'StoreError',
    "The project's store failed; the code is one of `STORE_…`, or `RECORD_TOO_LARGE`. Nothing was written, unless the message says otherwise.",
  ],
  [
    RouteChangedError,
    'RouteChangedError',
    'The project moved to another store during the request. Nothing was written: repeat the request.',
  ],
  [EmbeddingError, 'EmbeddingError', "Texts can't be embedded now."],
] as const;
for (const [type, name, description] of PLAIN) {
  builder.objectType<[typeof ErrorInterface], typeof type>(type, { name, description, interfaces: [ErrorInterface] });
}

/** The errors that a mutation's result union has besides the default ones. */
export interface ErrorTypes {
  readonly types: (new (...args: never[]) => MooringError)[];
}

/** The errors of every mutation that takes the version that was read. */
export const VERSIONED: ErrorTypes = { types: [ConflictError] };
/** The errors of every mutation that saves texts in an existing record. */
export const UPDATING: ErrorTypes = { types: [...VERSIONED.types, SecretRefusedError] };
/** The errors of every purge. */
export const PURGING: ErrorTypes = { types: [ConflictError, ConfirmationError] };
/** The errors of every mutation that may violate uniqueness. */
export const RESTORING: ErrorTypes = { types: [AlreadyExistsError, ConflictError] };
/** The same, when it saves texts. */
export const CREATING: ErrorTypes = { types: [...RESTORING.types, SecretRefusedError] };
