import { expect, it } from 'vitest';
import { author, makeProject, rejection, startBench } from '../support.js';

async function startClaims() {
  const bench = await startBench();
  const { id: projectId } = await makeProject(bench);
  const { id } = await bench.services.tasks.create(author, { projectId, title: 'one' });
  return (agent: string) => bench.services.claims.claim(author, { projectId, id, agent });
}

it.each([
  ['a control', 'two\nlines', 'has characters that are not visible'],
  ['what turns the direction', 'a\u202eb', 'has characters that are not visible'],
  ['a space around it', 'ada ', 'begins or ends with a space'],
  ["the server's own name", 'retention', 'the server itself'],
  ['more than 1,000 characters', 'x'.repeat(1_001), 'at most 1000'],
])('the agent of a claim has not %s', async (_what, agent, why) => {
  const claim = await startClaims();
  expect(await rejection(claim(agent))).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'agent',
    message: expect.stringContaining(why),
  });
});

it.each(['Ærø 灯', '👩‍👩‍👧‍👦', 'x'.repeat(1_000)])('the agent of a claim may be %s', async (agent) => {
  const claim = await startClaims();
  expect(await claim(agent)).toMatchObject({ assignedAgent: agent, claim: { agent } });
});
