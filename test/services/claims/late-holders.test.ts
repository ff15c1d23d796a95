import { describe, expect, it } from 'vitest';
import { ClaimLostError } from '../../../src/services/claims/errors.js';
import { tasks } from '../../../src/storage/collections.js';
import { author, makeProject, rejection, startBench } from '../support.js';

/** A task that ada has claimed for a minute. `pauseCommit` keeps the next commit waiting: it resolves when that has begun. */
async function startClaimed() {
  let paused: { readonly begun: () => void; readonly until: Promise<void> } | null = null;
  const bench = await startBench({
    async beforeCommit() {
      const pause = paused;
      paused = null;
      pause?.begun();
      await pause?.until;
    },
  });
  const { id: projectId } = await makeProject(bench);
  const { claims } = bench.services;
  const { id } = await bench.services.tasks.create(author, { projectId, title: 'one' });
  const claim = (agent: string) => claims.claim(author, { projectId, id, agent, leaseSeconds: 60 });
  const { claimToken: token } = await claim('ada');
  const pauseCommit = () => {
    let resume = () => {};
    const until = new Promise<void>((resolve) => {
      resume = resolve;
    });
    const begun = new Promise<void>((resolve) => {
      paused = { begun: resolve, until };
    });
    return { begun, resume };
  };
  const { store } = await bench.factory.of(projectId);
  const read = async () => (await store.collection(tasks).get([id]))[0]!;
  return { ...bench, claims, held: { id, token }, claim, pauseCommit, read };
}

describe('a holder that is late', () => {
  it.each(['renew', 'release', 'complete'] as const)(
    'can’t %s when its claim expired, and the task was claimed, while it was committing',
    async (verb) => {
      const { claims, held, claim, clock, pauseCommit, read } = await startClaimed();
      const commit = pauseCommit();
      const late = rejection(claims[verb](author, held));
      await commit.begun;
      clock.now += 60_000;
      const taken = await claim('bob');
      expect(taken).toMatchObject({ claimToken: held.token + 1, claim: { agent: 'bob' } });
      commit.resume();
      expect(await late).toBeInstanceOf(ClaimLostError);
      expect(await read()).toEqual(taken);
    },
  );
});
