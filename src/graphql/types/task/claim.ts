import type { Task } from '../../../domain/task.js';
import { builder } from '../../builder.js';
import { TaskRef } from '../../refs.js';

export const ClaimRef = builder.objectRef<NonNullable<Task['claim']> & { readonly token: number }>('Claim').implement({
  description:
    'A claim on a task: until it expires, only its agent can claim the task. Others can still update the task.',
  fields: (t) => ({
    agent: t.exposeString('agent', { description: 'The agent that holds the task.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When the claim expires, unless it is renewed. The task can then be claimed again.',
    }),
    token: t.exposeInt('token', {
      description:
        'Token of the claim, for `renewClaim`, `releaseTask` and `completeTask`. It is greater than that of any earlier claim on the task.',
    }),
    isExpired: t.boolean({
      description: 'Whether the claim has expired.',
      resolve: (claim, _, { services }) => services.claims.isExpired(claim),
    }),
  }),
});

const ReleaseRef = builder.objectRef<NonNullable<Task['lastRelease']>>('TaskRelease').implement({
  description: 'When and why an agent gave a task back.',
  fields: (t) => ({
    agent: t.exposeString('agent', { description: 'The agent that held the task.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it gave the task back.' }),
    reason: t.exposeString('reason', { description: 'Why.' }),
  }),
});

builder.objectFields(TaskRef, (t) => ({
  claim: t.field({
    type: ClaimRef,
    nullable: true,
    description:
      'The last claim on the task, expired or not (`isExpired`); null when there is none. The status `DONE` or `BLOCKED` ends it, and so does releasing, deleting or reverting the task.',
    resolve: ({ claim, claimToken }) => claim && { ...claim, token: claimToken },
  }),
  lastRelease: t.expose('lastRelease', {
    type: ReleaseRef,
    nullable: true,
    description: 'The last time that an agent gave the task back with a reason; null when none did.',
  }),
}));
