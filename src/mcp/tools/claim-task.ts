import { z } from 'zod';
import { clipped, plainLine } from '../../util/text/plain.js';
import { payloadOf } from '../ask.js';
import type { Call } from '../calls/call.js';
import { graphql } from '../gql/gql.js';
import type { ClaimTaskInput } from '../gql/graphql.js';
import { MOST_CHARACTERS, minute, paragraphs } from '../text/answer.js';
import { wholeTask } from '../text/whole.js';
import { project } from './fields.js';
import { findTask, isHeldBy } from './find-task.js';
import { defineTool } from './tool.js';

const ClaimTask = graphql(`
  mutation ClaimTask($input: ClaimTaskInput!) {
    claimTask(input: $input) {
      __typename
      ... on ClaimTaskPayload { task { ...WholeTask } claim { agent expiresAt token } }
      ... on Error { code message hint }
    }
  }
`);

const RenewClaim = graphql(`
  mutation RenewClaim($input: RenewClaimInput!) {
    renewClaim(input: $input) {
      __typename
      ... on RenewClaimPayload { task { ...WholeTask } }
      ... on Error { code message hint }
    }
  }
`);

export const claimTask = defineTool({
  name: 'claim_task',
  title: 'Claim a task',
  description:
    'Use before you work on a task: takes the most urgent ready one, or the one of an id or handle, for 15 minutes, so that no other agent does. Call it again with the id to keep it longer.',
  isReading: false,
  ifUnsure: 'A task may be claimed now: see list_tasks with view mine before you claim one.',
  input: z.object({ id: z.string().optional(), project }),
  run: async ({ id: named, project: inProject }, call) => {
    const task = named === undefined ? null : await findTask(named, inProject, call);
    const isHeld = task !== null && isHeldBy(task, call.actor);
    if (isHeld) {
      const { claims } = call.memory;
      const token = claims.get(task.id) ?? (claims.areKept ? undefined : task.claim?.token);
      const renewed = token === undefined ? null : await renew(task.id, token, call);
      if (renewed) return renewed;
    }
    const projectId = task ? task.project.id : (await call.project(inProject)).id;
    const said = await claim({ projectId, agent: call.actor, ...(task && { id: task.id }) }, call);
    return isHeld ? `${TAKEN_OVER}\n${said}` : said;
  },
});

const TAKEN_OVER =
  'It was held under your name, by an earlier session of yours or by another agent: that claim ends with this one.';

async function claim(input: ClaimTaskInput, call: Call): Promise<string> {
  const { task, claim } = payloadOf((await call.ask(ClaimTask, { input })).claimTask);
  call.memory.claims.set(task.id, claim.token);
  return claimed(`Claimed by ${plainLine(claim.agent)} until ${minute(claim.expiresAt)} UTC.`, task);
}

/** The answer of a claim that was renewed; null when it was lost. */
async function renew(id: string, token: number, call: Call): Promise<string | null> {
  const { renewClaim: result } = await call.ask(RenewClaim, { input: { id, token } });
  if (result.__typename === 'ClaimLostError') {
    call.memory.claims.delete(id);
    return null;
  }
  const { task } = payloadOf(result);
  call.memory.claims.set(id, token);
  return claimed(`Your claim is renewed until ${minute(task.claim?.expiresAt ?? '')} UTC.`, task);
}

function claimed(said: string, task: Parameters<typeof wholeTask>[0]): string {
  const next = `When done, call save_task with id ${task.id}, status done and a result. To keep it longer, claim it again by its id.`;
  return paragraphs(said, clipped(wholeTask(task), MOST_CHARACTERS), next);
}
