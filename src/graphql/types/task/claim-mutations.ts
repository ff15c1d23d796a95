import type { Task } from '../../../domain/task.js';
import { ClaimLostError, NothingReadyError, TaskNotReadyError } from '../../../services/claims/errors.js';
import { DEFAULT_LEASE, MAX_LEASE, MAX_WAIT, MIN_LEASE } from '../../../services/input/claim.js';
import { grouped } from '../../../util/text/grouped.js';
import { withoutNulls } from '../../arguments.js';
import { builder, type InputFields } from '../../builder.js';
import { type GraphQLContext, type Saved, save, write } from '../../context.js';
import { type ErrorTypes, UPDATING, VERSIONED } from '../../errors.js';
import { TaskRef } from '../../refs.js';
import { recordPayload, redactionsField, savedPayload } from '../payloads.js';
import { ClaimRef } from './claim.js';
import { TaskFilterInput, taskFilter } from './list.js';
import { StageResultInput, toStageResult } from './mutations.js';

const LOST: ErrorTypes = { types: [ClaimLostError, ...VERSIONED.types] };
const LOST_OR_REFUSED: ErrorTypes = { types: [ClaimLostError, ...UPDATING.types] };

const held = (t: InputFields) => ({
  id: t.id({ required: true, description: 'Id of the task.' }),
  token: t.int({
    required: true,
    description:
      'Token of the claim. If the claim expired, ended or was replaced, nothing is written and the result is a `ClaimLostError`.',
  }),
});
const leaseSeconds = (t: InputFields) =>
  t.int({
    defaultValue: DEFAULT_LEASE,
    description: `How long the claim lasts from now, in seconds: ${MIN_LEASE} to ${grouped(MAX_LEASE)}. Renew it before it expires.`,
  });

const ClaimTaskPayload = builder.objectRef<{ readonly record: Task } & Saved>('ClaimTaskPayload').implement({
  fields: (t) => ({
    task: t.expose('record', { type: TaskRef, description: 'The claimed task.' }),
    claim: t.field({
      type: ClaimRef,
      description: 'The claim. Keep its token.',
      resolve: ({ record: { claim, claimToken } }) => ({ ...claim!, token: claimToken }),
    }),
    ...redactionsField(t),
  }),
});

/** As long as is asked for, within what the request may still wait. */
function waitOf(seconds: number, { startedAt }: GraphQLContext): number {
  const left = Math.max(0, MAX_WAIT - (performance.now() - startedAt) / 1_000);
  return seconds > MAX_WAIT ? seconds : Math.min(seconds, left);
}

builder.mutationFields((t) => ({
  claimTask: t.fieldWithInput({
    description:
      'Claims a task for an agent: a named one, or the first ready one that passes the filter. Two agents never hold the same task. Its status becomes `IN_PROGRESS`, and it is assigned to the agent. When the claim expires, any agent can claim the task; its status and agent stay.',
    type: ClaimTaskPayload,
    errors: { types: [NothingReadyError, TaskNotReadyError, ...UPDATING.types] },
    authScopes: (_, { input }) => ({ writes: input.projectId }),
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      id: t.input.id({
        description: 'Id of the task. An agent can claim again what it holds: the claim then has a new token.',
      }),
      handle: t.input.string({ description: 'Handle of the task, instead of its id.' }),
      filter: t.input.field({
        type: TaskFilterInput,
        description:
          'Claim the first ready task that matches: the most urgent, then the oldest. `assignedAgent: null` skips tasks that are assigned. Only without `id` and `handle`. Default: any ready task.',
      }),
      agent: t.input.string({
        required: true,
        description: 'Name of the agent: visible characters on one line, no spaces around them; at most 1,000.',
      }),
      leaseSeconds: leaseSeconds(t.input),
      waitSeconds: t.input.float({
        defaultValue: 0,
        description: `How long to wait for a ready task, in seconds: 0 to ${MAX_WAIT}. All claims of a request together wait no longer. A named task that is \`DONE\` or \`BLOCKED\` is not waited for.`,
      }),
    },
    resolve: (_, { input: { filter, ...input } }, context) =>
      save(context, async ({ claims }, author) => ({
        record: await claims.claim(author, {
          ...withoutNulls(input),
          waitSeconds: waitOf(input.waitSeconds ?? 0, context),
          ...(filter == null ? {} : { filter: taskFilter(filter) }),
        }),
      })),
  }),
  renewClaim: t.fieldWithInput({
    description: 'Makes a claim that has not expired last `leaseSeconds` from now. Its token stays.',
    type: recordPayload('RenewClaimPayload', TaskRef, 'The task, with the renewed claim.'),
    errors: LOST,
    authScopes: (_, { input }) => ({ writes: input.id }),
    input: { ...held(t.input), leaseSeconds: leaseSeconds(t.input) },
    resolve: (_, { input }, context) =>
      write(context, async ({ claims }, author) => ({ record: await claims.renew(author, withoutNulls(input)) })),
  }),
  releaseTask: t.fieldWithInput({
    description:
      'Gives a claimed task back, with the status and `assignedAgent` from before the claim, unless they have been changed since.',
    type: savedPayload('ReleaseTaskPayload', TaskRef, 'The released task.'),
    errors: LOST_OR_REFUSED,
    authScopes: (_, { input }) => ({ writes: input.id }),
    input: {
      ...held(t.input),
      reason: t.input.string({ description: 'Why, for `Task.lastRelease`; at most 1 MB. Left out: that stays.' }),
    },
    resolve: (_, { input }, context) =>
      save(context, async ({ claims }, author) => ({ record: await claims.release(author, withoutNulls(input)) })),
  }),
  completeTask: t.fieldWithInput({
    description: 'Marks a claimed task as `DONE`, which ends the claim.',
    type: savedPayload('CompleteTaskPayload', TaskRef, 'The completed task.'),
    errors: LOST_OR_REFUSED,
    authScopes: (_, { input }) => ({ writes: input.id }),
    input: {
      ...held(t.input),
      result: t.input.string({
        description: 'What was achieved, for `Task.result`; at most 1 MB. Left out: that stays.',
      }),
      stageResult: t.input.field({
        type: StageResultInput,
        description: 'A result to add to `Task.stageResults`, which has at most 100.',
      }),
    },
    resolve: (_, { input: { stageResult, ...input } }, context) =>
      save(context, async ({ claims }, author) => ({
        record: await claims.complete(author, {
          ...withoutNulls(input),
          ...(stageResult == null ? {} : { stageResult: toStageResult(stageResult) }),
        }),
      })),
  }),
}));
