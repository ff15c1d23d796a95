import type { InputRef, ObjectRef } from '@pothos/core';
import type { Author, VersionedId } from '../../domain/author.js';
import type { RecordBase } from '../../domain/record.js';
import type { DeletionOf } from '../../services/input/record.js';
import type { DeletedMany } from '../../services/records/delete-many.js';
import type { Services } from '../../services/services.js';
import { builder, capitalize, type InputFields, type SchemaTypes } from '../builder.js';
import { write } from '../context.js';
import { type ErrorTypes, PURGING, VERSIONED } from '../errors.js';
import { writesRecord } from '../scopes.js';
import { deletionText } from './descriptions.js';
import { deletionPayload, nounOf, recordPayload } from './payloads.js';

/** What the services of all kinds of records have in common. */
interface DeletingService<T> {
  delete(author: Author, input: VersionedId): Promise<T>;
  restore(author: Author, input: { readonly id: string }): Promise<T>;
}

interface PurgingService<T> {
  purge(author: Author, input: VersionedId & { readonly token: string }): Promise<T>;
}

/** The description of a mutation, and its errors; left out, those of every mutation of its kind. */
interface MutationOptions {
  readonly description: string;
  readonly errors?: ErrorTypes;
}

/** Adds the mutations that delete and restore a record of this type: `deleteTask` and `restoreTask` for `Task`. */
export function lifecycleMutations<T extends RecordBase>(
  ref: ObjectRef<SchemaTypes, T>,
  serviceOf: (services: Services) => DeletingService<T>,
  options: { readonly delete: MutationOptions; readonly restore: MutationOptions },
): void {
  builder.mutationField(`delete${ref.name}`, (t) =>
    t.fieldWithInput({
      errors: VERSIONED,
      ...options.delete,
      type: recordPayload(`Delete${ref.name}Payload`, ref, `The deleted ${nounOf(ref)}, at its new version.`),
      authScopes: (_, { input }) => writesRecord(input.id),
      input: versionedId(t.input, nounOf(ref)),
      resolve: (_, { input }, context) =>
        write(context, async (services, author) => ({ record: await serviceOf(services).delete(author, input) })),
    }),
  );
  builder.mutationField(`restore${ref.name}`, (t) =>
    t.fieldWithInput({
      errors: VERSIONED,
      ...options.restore,
      type: recordPayload(`Restore${ref.name}Payload`, ref, `The restored ${nounOf(ref)}.`),
      authScopes: (_, { input }) => writesRecord(input.id),
      input: {
        id: t.input.id({
          required: true,
          description: `Id of the ${nounOf(ref)}. A live one is returned unchanged.`,
        }),
      },
      resolve: (_, { input }, context) =>
        write(context, async (services, author) => ({ record: await serviceOf(services).restore(author, input) })),
    }),
  );
}

/** Adds the mutation that purges a record of this type: `purgeTask` for `Task`. */
export function purgeMutation<T extends RecordBase>(
  ref: ObjectRef<SchemaTypes, T>,
  serviceOf: (services: Services) => PurgingService<T>,
  options: MutationOptions,
): void {
  const noun = nounOf(ref);
  builder.mutationField(`purge${ref.name}`, (t) =>
    t.fieldWithInput({
      errors: PURGING,
      ...options,
      type: recordPayload(`Purge${ref.name}Payload`, ref, `The ${noun} as it was before the purge.`),
      authScopes: (_, { input }) => ({ manages: input.id }),
      input: {
        ...versionedId(t.input, noun),
        token: t.input.string({
          required: true,
          description: `The token that \`requestPurge\` returned for this ${noun}. It is valid for ten minutes and for this version only.`,
        }),
      },
      resolve: (_, { input }, context) =>
        write(context, async (services, author) => ({ record: await serviceOf(services).purge(author, input) })),
    }),
  );
}

/** The source of a `delete…s` mutation. */
interface ManyDeletion<F> {
  /** What the records are called, such as `tasks`. */
  readonly plural: string;
  /** What they, and the ids in the payload, are sorted by. */
  readonly sortedBy: string;
  readonly filter: InputRef<object>;
  readonly parseFilter: (filter: object) => F;
  readonly delete: (services: Services, author: Author, input: DeletionOf<F>) => Promise<DeletedMany>;
  /** What else is deleted, and how it is undone. */
  readonly description: string;
}

/** Adds the mutation that deletes all records of this type that match a filter: `deleteTasks` for `Task`. */
export function deleteManyMutation<F>(options: ManyDeletion<F>): void {
  const { plural, sortedBy, filter, parseFilter, description } = options;
  const name = `delete${capitalize(plural)}`;
  builder.mutationField(name, (t) =>
    t.fieldWithInput({
      description: `${deletionText(plural)} ${description}`,
      type: deletionPayload(`${capitalize(name)}Payload`, plural, sortedBy),
      errors: VERSIONED,
      authScopes: (_, { input }) => ({ writes: input.projectId }),
      input: {
        projectId: t.input.id({ required: true, description: 'Id of the project.' }),
        filter: t.input.field({ type: filter, required: true, description: `The live ${plural} to delete.` }),
        all: t.input.boolean({
          defaultValue: false,
          description: `Allows a filter that is empty or has nothing but null, and so may match all live ${plural} of the project. Otherwise it is an error.`,
        }),
        dryRun: t.input.boolean({ defaultValue: false, description: `Only report which ${plural} would be deleted.` }),
      },
      resolve: (_, { input }, context) =>
        write(context, (services, author) =>
          options.delete(services, author, {
            projectId: input.projectId,
            filter: parseFilter(input.filter),
            all: input.all ?? false,
            dryRun: input.dryRun ?? false,
          }),
        ),
    }),
  );
}

/** The inputs of every mutation that takes the version that was read. */
export function versionedId(t: InputFields, noun: string) {
  return {
    id: t.id({ required: true, description: `Id of the ${noun}.` }),
    version: t.int({
      required: true,
      description: `The version that you read. If the ${noun} was changed since, nothing is written and the result is a \`ConflictError\`.`,
    }),
  };
}
