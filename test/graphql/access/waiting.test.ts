import { expect, it } from 'vitest';
import { author, type Graph, prepare, startGraph } from '../support.js';
import { sharing } from './principals.js';

let graph: Graph;
prepare(async () => {
  graph = await startGraph({ shared: true });
});

it('a claim that waits ends with the rights of who asked for it, and claims nothing', async () => {
  const { id: projectId } = await graph.project();
  const caller = sharing(projectId, 'WRITE');
  const endDuringWait = async (wait: () => Promise<void>) => {
    const waiting = wait();
    caller.ending.end('The key was revoked.');
    await graph.services.tasks.createMany(author, { projectId, tasks: [{ title: 'Moor' }] });
    await waiting;
  };
  const claiming = graph.services.claims.claim(
    { ...author, principal: caller, releaseWhile: endDuringWait },
    { projectId, agent: 'ada', waitSeconds: 30 },
  );
  await expect(claiming).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: 'The key was revoked.' });
  const { node } = await graph.ask<{ node: object }>(
    `{ node(id: "${projectId}") { ... on Project { tasks { nodes { claim { agent } } } } } }`,
  );
  expect(node).toEqual({ tasks: { nodes: [{ claim: null }] } });
});
