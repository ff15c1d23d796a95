import type { Estimate, MigrationFinding, Preflight, PreflightCheck, Verification } from '../../../domain/migration.js';
import type { CheckedEstimate, Finalization } from '../../../services/migrations/contract.js';
import { builder } from '../../builder.js';
import { checkFields } from '../check-fields.js';
import { recordConnection } from '../list-types.js';

const CheckRef = builder.objectRef<PreflightCheck>('MigrationCheck').implement({
  description: 'A check of something that the migration depends on.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description:
        "What was checked: `SOURCE` (it can be read), `TARGET` (its mode is available), `SAME_PLACE` (passes if source and target don't overlap), `NAME_CLASH` (passes if the target has no data of this project), `SPACE` (free disk space at the target), `RECORDS` (their size), `SAMPLE` (up to about 200 records and log entries, written to the target, read and removed), `EMBEDDING_RATE` (time and cost of embedding the memories again), or a `StorageCheckName`.",
    }),
    ...checkFields(t),
  }),
});

const EstimatedCollectionRef = builder
  .objectRef<Estimate['collections'][number]>('MigrationEstimateCollection')
  .implement({
    description: 'What there is to copy in one collection.',
    fields: (t) => ({
      name: t.exposeString('name', {
        description:
          "Name of the collection, such as `tasks`; `log` stands for the project's log, whose entries are counted.",
      }),
      records: t.exposeInt('records', { description: 'Exact number of records, deleted ones included.' }),
      bytes: t.exposeFloat('bytes', {
        description: 'Size of the records as JSON in UTF-8, in bytes, estimated from a sample.',
      }),
    }),
  });

export const MigrationEstimateRef = builder.objectRef<CheckedEstimate>('MigrationEstimate').implement({
  description: 'Whether a migration is possible, and how much it would copy, embed and cost.',
  fields: (t) => ({
    checks: t.expose('checks', {
      type: [CheckRef],
      description: 'The checks of what the migration depends on. The migration is possible if none has `FAILED`.',
    }),
    collections: t.expose('collections', {
      type: [EstimatedCollectionRef],
      description: 'What there is to copy, by collection.',
    }),
    bytes: t.exposeFloat('bytes', { description: 'Sum of the `bytes` of all collections.' }),
    vectors: t.exposeInt('vectors', { description: 'Number of memories that need vectors.' }),
    isSameModel: t.exposeBoolean('isSameModel', {
      description:
        'Whether source and target use the same embedding model. If so, vectors are copied; otherwise memories are embedded again.',
    }),
    fromModel: t.exposeString('fromModel', { description: 'Embedding model at the source.' }),
    toModel: t.exposeString('toModel', { description: 'Embedding model at the target.' }),
    tokens: t.exposeFloat('tokens', {
      description: 'Estimated number of tokens to embed; 0 when vectors are copied, or the model runs in the server.',
    }),
    dollars: t.exposeFloat('dollars', {
      nullable: true,
      description: "Estimated cost of the tokens at the model's list price, in US dollars; null when unknown.",
    }),
    seconds: t.exposeFloat('seconds', {
      nullable: true,
      description:
        "Estimated seconds until the migration could cut over, measured with a sample; null when that couldn't be measured. A provider's rate limits can make it longer.",
    }),
  }),
});

export const MigrationPreflightRef = builder.objectRef<Preflight>('MigrationPreflight').implement({
  description: 'Result of the preflight: what was checked before the first record is copied.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When the preflight ran.' }),
    checks: t.expose('checks', { type: [CheckRef], description: 'The checks of what the migration depends on.' }),
    estimate: t.field({
      type: MigrationEstimateRef,
      description: 'What the migration was estimated to take.',
      resolve: ({ checks, estimate }) => ({ checks, ...estimate }),
    }),
  }),
});

const VerifiedCollectionRef = builder
  .objectRef<Verification['collections'][number]>('MigrationVerifiedCollection')
  .implement({
    description: 'Result of comparing one collection.',
    fields: (t) => ({
      name: t.exposeString('name', {
        description:
          "Name of the collection, such as `tasks`; `log` stands for the project's log, `vectors` for the memories' vectors.",
      }),
      compared: t.exposeInt('compared', { description: 'Number of items compared.' }),
      mismatches: t.exposeInt('mismatches', {
        description: 'Number of items that differ between source and target, without the repaired ones.',
      }),
      repaired: t.exposeInt('repaired', {
        description: 'Number of items that differed until they were copied again. `verifyMigration` repairs none.',
      }),
      digest: t.exposeString('digest', {
        nullable: true,
        description:
          'SHA-256 digest, in hex, of all items compared so far, as the source has them; the target has the same when nothing differs. Null before anything was compared.',
      }),
    }),
  });

export const MigrationVerificationRef = builder.objectRef<Verification>('MigrationVerification').implement({
  description:
    'Result of a verification, which compares source and target: all fields of all records, the log, and vectors (not in `verifyMigration`).',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When this result was recorded.' }),
    isComplete: t.exposeBoolean('isComplete', {
      description:
        'Whether everything was compared; false while the comparison is running, or when it was interrupted.',
    }),
    seq: t.exposeInt('seq', { description: 'Sequence number of the log entry up to which both sides were compared.' }),
    collections: t.expose('collections', {
      type: [VerifiedCollectionRef],
      description: 'Results by collection.',
    }),
  }),
});

const MigrationFindingRef = builder.objectRef<MigrationFinding>('MigrationFinding').implement({
  description: "A record that can't be copied, or that differs between source and target.",
  fields: (t) => ({
    collection: t.exposeString('collection', {
      description: 'Collection of the record; `log` for a log entry, `vectors` for the vectors of a memory.',
    }),
    recordId: t.exposeID('recordId', { description: 'Id of the record, or sequence number of the log entry.' }),
    differing: t.exposeStringList('differing', {
      description:
        "Names of the fields that differ; empty when the record can't be copied, or one side doesn't have it.",
    }),
    reason: t.exposeString('reason', { description: "Why it can't be copied, or what differs, as text for people." }),
    isRepaired: t.exposeBoolean('isRepaired', {
      description: 'Whether source and target are the same since the record was copied again.',
    }),
  }),
});
export const MigrationFindingConnection = recordConnection(MigrationFindingRef, 'MigrationFinding', 'findings');

export const MigrationFinalizationRef = builder.objectRef<Finalization>('MigrationFinalization').implement({
  description: 'The token that `finalizeMigration` needs, and what it would remove.',
  fields: (t) => ({
    token: t.exposeString('token', { description: 'Token that confirms the removal of the source.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When the token expires, ten minutes after this was read.',
    }),
    consequence: t.exposeString('consequence', {
      description: 'What would be removed permanently, as text for a person to decide by.',
    }),
  }),
});
