import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import {
  AlreadyExistsError,
  ConfirmationError,
  ConflictError,
  EmbeddingError,
  InvalidInputError,
  MooringError,
  NotFoundError,
  RouteChangedError,
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
  fields: (t) => ({ id: t.exposeID('id', { description: 'The id that was looked for.' }) }),
});

builder.objectType(ConflictError, {
  name: 'ConflictError',
  description: 'The record moved on since the version that was read. Nothing was written.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the record.' }),
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
  }),
});

const PLAIN = [
  [ConfirmationError, 'ConfirmationError', "The purge wasn't confirmed by a valid token. Nothing was removed."],
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

/**
 * An error as clients see it: ours with code and hint; GraphQL's own as they are, with a code; anything else masked, with the
 * request's id for whoever runs the server.
 */
export function toGraphQLError(error: unknown, requestId: string): GraphQLError {
  const cause = causeOf(error);
  const at = error instanceof GraphQLError ? placeOf(error) : {};
  if (cause instanceof MooringError) {
    const extensions: Record<string, unknown> = { code: cause.code, hint: cause.hint, requestId };
    for (const detail of ['field', 'id', 'existingId'] as const) {
      const value: unknown = Reflect.get(cause, detail);
      if (value != null) extensions[detail] = value;
    }
    // A coercion says where in the input it failed: keep its words.
    const message = error instanceof GraphQLError ? error.message : cause.message;
    return new GraphQLError(message, { ...at, originalError: cause, extensions });
  }
  if (error instanceof GraphQLError && cause === null) {
    const hint = 'Check the request against the schema.';
    return new GraphQLError(error.message, {
      ...at,
      originalError: error.originalError ?? null,
      extensions: { code: 'INVALID_INPUT', hint, ...error.extensions, requestId },
    });
  }
  return new GraphQLError('The server failed in a way that it did not foresee.', {
    ...at,
    originalError: error instanceof Error ? error : null,
    extensions: {
      code: 'INTERNAL',
      hint: `Try again. If it stays, look for request ${requestId} in the server's log.`,
      requestId,
    },
  });
}

function placeOf({ nodes, source, positions, path }: GraphQLError): GraphQLErrorOptions {
  return { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null, path: path ?? null };
}

/** What lies at the bottom of GraphQL's wrappings; null when nothing does. */
function causeOf(error: unknown): unknown {
  if (!(error instanceof GraphQLError)) return error;
  return error.originalError ? causeOf(error.originalError) : null;
}
