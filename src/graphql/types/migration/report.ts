import type { Estimate, MigrationFinding, Preflight, PreflightCheck, Verification } from '../../../domain/migration.js';
import type { CheckedEstimate, Finalization } from '../../../services/migrations/contract.js';
import { builder } from '../../builder.js';
import { CheckOutcomeEnum } from '../../enums.js';
import { recordConnection, tenths } from '../common.js';

/** What was found out about a move: before it, on its way, and in the end. */

const CheckRef = builder.objectRef<PreflightCheck>('MigrationCheck').implement({
  description: 'Something that a move depends on.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What was looked at.' }),
    outcome: t.expose('outcome', { type: CheckOutcomeEnum, description: 'How it ended.' }),
    ms: t.float({
      description: 'How long it took, in milliseconds.',
      resolve: ({ ms }) => tenths(ms),
    }),
    message: t.exposeString('message', { description: 'What was found.' }),
    hint: t.exposeString('hint', { nullable: true, description: 'What to do next; null when there is nothing to do.' }),
  }),
});

const EstimatedCollectionRef = builder
  .objectRef<Estimate['collections'][number]>('MigrationEstimateCollection')
  .implement({
    description: 'What there is to copy of one collection.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Its name; `log` is what was done to all of them.' }),
      records: t.exposeInt('records', { description: 'Records, deleted ones included.' }),
      bytes: t.exposeFloat('bytes', { description: 'Their size as JSON.' }),
    }),
  });

export const MigrationEstimateRef = builder.objectRef<CheckedEstimate>('MigrationEstimate').implement({
  description: 'What a move would take, and whether it could be done.',
  fields: (t) => ({
    checks: t.expose('checks', {
      type: [CheckRef],
      description: 'What it depends on. A move begins when none failed.',
    }),
    collections: t.expose('collections', { type: [EstimatedCollectionRef], description: 'What there is to copy.' }),
    bytes: t.exposeFloat('bytes', { description: 'Size of all of it as JSON.' }),
    vectors: t.exposeInt('vectors', { description: 'Memories that get a vector.' }),
    isSameModel: t.exposeBoolean('isSameModel', {
      description: 'Whether vectors are copied, since the model is the same; else they are made anew.',
    }),
    fromModel: t.exposeString('fromModel', { description: 'Model of the vectors that there are.' }),
    toModel: t.exposeString('toModel', { description: 'Model of the vectors that there will be.' }),
    tokens: t.exposeFloat('tokens', {
      description: 'What embedding would take; 0 when vectors are copied, or made on this machine.',
    }),
    dollars: t.exposeFloat('dollars', {
      nullable: true,
      description: "The tokens at the model's list price, in US dollars; null when that isn't known.",
    }),
    seconds: t.exposeFloat('seconds', {
      nullable: true,
      description: "Seconds until it could cut over, by a sample that was measured; null when it couldn't be.",
    }),
  }),
});

export const MigrationPreflightRef = builder.objectRef<Preflight>('MigrationPreflight').implement({
  description: 'What was looked at before the first record was copied.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    checks: t.expose('checks', { type: [CheckRef], description: 'What the move depends on.' }),
    estimate: t.field({
      type: MigrationEstimateRef,
      description: 'What it was to take.',
      resolve: ({ checks, estimate }) => ({ checks, ...estimate }),
    }),
  }),
});

const VerifiedCollectionRef = builder
  .objectRef<Verification['collections'][number]>('MigrationVerifiedCollection')
  .implement({
    description: 'What comparing one collection found.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Its name; `log` and `vectors` were compared too.' }),
      compared: t.exposeInt('compared', { description: 'What was compared.' }),
      mismatches: t.exposeInt('mismatches', { description: "What wasn't the same on both sides." }),
      repaired: t.exposeInt('repaired', { description: 'Of those, what copying again mended.' }),
      digest: t.exposeString('digest', {
        nullable: true,
        description:
          'SHA-256, in hex, of all that was compared: the same on both sides when nothing differs. Null until it is complete.',
      }),
    }),
  });

export const MigrationVerificationRef = builder.objectRef<Verification>('MigrationVerification').implement({
  description: 'What comparing both sides found.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it began.' }),
    isComplete: t.exposeBoolean('isComplete', {
      description: 'False while it is under way, or when it was broken off.',
    }),
    seq: t.exposeInt('seq', { description: 'The entry of the log up to which both sides were compared.' }),
    collections: t.expose('collections', {
      type: [VerifiedCollectionRef],
      description: 'What was found, by collection.',
    }),
  }),
});

const MigrationFindingRef = builder.objectRef<MigrationFinding>('MigrationFinding').implement({
  description: "A record that a move couldn't copy, or that isn't the same on both sides.",
  fields: (t) => ({
    collection: t.exposeString('collection', { description: 'Its collection; `log` for an entry of the log.' }),
    recordId: t.exposeID('recordId', { description: "Id of the record, or number of the log's entry." }),
    differing: t.exposeStringList('differing', {
      description: "Names of the fields that differ; empty when it can't be copied, or one side lacks it.",
    }),
    reason: t.exposeString('reason', { description: 'Why, in words.' }),
    isRepaired: t.exposeBoolean('isRepaired', { description: 'Whether copying it again mended it.' }),
  }),
});
export const MigrationFindingConnection = recordConnection(MigrationFindingRef, 'MigrationFinding', 'findings');

export const MigrationFinalizationRef = builder.objectRef<Finalization>('MigrationFinalization').implement({
  description: 'What `finalizeMigration` needs, for a person to decide by.',
  fields: (t) => ({
    token: t.exposeString('token', { description: 'Confirms that the source may be removed.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it is valid.' }),
    consequence: t.exposeString('consequence', { description: 'What would be gone, for a person to read.' }),
  }),
});
