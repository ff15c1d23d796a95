import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Graph, startGraph, waitingCaller } from '../support.js';

interface Claimed {
  readonly __typename: string;
  readonly heldBy?: string | null;
  readonly task: { readonly id: string; readonly title: string };
  readonly claim: { readonly agent: string; readonly token: number };
}

let now: number;
let isGone: boolean;
/** Called each time that a claim was refused and follows the log. */
let onWait = () => {};
let graph: Graph;
let projectId: string;

// The clock is moved by hand, so that a wait ends only on purpose.
beforeAll(async () => {
  now = Date.parse('2026-01-31T09:00:00Z');
  const caller = { ...waitingCaller(() => onWait()), isGone: () => isGone };
  graph = await startGraph({ shared: true, now: () => now, caller });
});
beforeEach(async () => {
  isGone = false;
  projectId = (await graph.project()).id;
});

const later = (seconds: number) => {
  now += seconds * 1_000;
};
async function make(...tasks: readonly { title: string; [field: string]: unknown }[]): Promise<{ id: string }[]> {
  return (await graph.write<{ tasks: { id: string }[] }>('createTasks', { projectId, tasks }, 'tasks { id }')).tasks;
}
const claim = (input: object = {}) =>
  graph.mutate<Claimed>(
    'claimTask',
    { projectId, agent: 'ada', ...input },
    'task { id title } claim { agent token } } ... on TaskNotReadyError { heldBy',
  );
async function held(input: object = {}): Promise<{ id: string; token: number }> {
  const { task, claim: own } = await claim(input);
  return { id: task.id, token: own.token };
}

/** A claim by another agent that waits; `nextRefusal` resolves when it was refused once more. */
async function startWaiting(input: object = {}) {
  let result: Promise<Claimed> | null = null;
  const nextRefusal = () =>
    new Promise<void>((resolve, reject) => {
      onWait = resolve;
      result ??= claim({ agent: 'bob', waitSeconds: 30, ...input });
      result.then(({ __typename }) => reject(new Error(`It ended with ${__typename} instead of waiting.`)), reject);
    });
  await nextRefusal();
  return { nextRefusal, result: () => result! };
}

describe('a claim that waits', () => {
  it('takes a task once a commit makes it ready', async () => {
    const [first] = await make({ title: 'first' });
    const mine = await held();
    await make({ title: 'second', dependsOn: [first!.id] });
    const waiting = await startWaiting();
    await graph.write('completeTask', mine, 'task { id }');
    expect(await waiting.result()).toMatchObject({ task: { title: 'second' }, claim: { agent: 'bob', token: 1 } });
  });

  it('waits on after commits that make no task ready', async () => {
    const waiting = await startWaiting();
    for (const title of ['one', 'two']) {
      const refused = waiting.nextRefusal();
      await make({ title, status: 'BLOCKED' });
      await refused;
    }
    await make({ title: 'three' });
    expect(await waiting.result()).toMatchObject({ task: { title: 'three' } });
  });

  it('takes the named task once its holder releases it', async () => {
    const [one] = await make({ title: 'one' });
    const mine = await held();
    const waiting = await startWaiting({ id: one!.id });
    await graph.write('releaseTask', mine, 'task { id }');
    expect(await waiting.result()).toMatchObject({ task: { id: one!.id }, claim: { agent: 'bob', token: 2 } });
  });

  it('takes a task once the claim on it expires', async () => {
    const [one] = await make({ title: 'one' });
    await held({ leaseSeconds: 20 });
    const waiting = await startWaiting();
    later(20);
    expect(await waiting.result()).toMatchObject({ task: { id: one!.id }, claim: { agent: 'bob', token: 2 } });
  });

  it('is refused when its time is over', async () => {
    const [one] = await make({ title: 'one' });
    await held();
    for (const [input, error] of [
      [{}, { __typename: 'NothingReadyError' }],
      [{ id: one!.id }, { __typename: 'TaskNotReadyError', heldBy: 'ada' }],
    ] as const) {
      const waiting = await startWaiting(input);
      later(30);
      expect(await waiting.result()).toMatchObject(error);
    }
  });

  it('takes nothing when its client has gone', async () => {
    const waiting = await startWaiting();
    isGone = true;
    await make({ title: 'one' });
    expect(await waiting.result()).toMatchObject({ __typename: 'NothingReadyError' });
    expect(await claim()).toMatchObject({ task: { title: 'one' } });
  });

  it.each(['DONE', 'BLOCKED'])('doesn’t wait for a named task that is %s', async (status) => {
    const [one] = await make({ title: 'one', status });
    expect(await claim({ id: one!.id, waitSeconds: 30 })).toMatchObject({
      __typename: 'TaskNotReadyError',
      message: expect.stringContaining(`is ${status}.`),
      heldBy: null,
    });
  });
});
