import { describe, expect, it } from 'vitest';
import { MODES } from '../../support/modes.js';
import { settled } from '../../support/server.js';
import { cursorOf, followProject, gapsIn } from '../../support/workload/follow.js';
import { readMove, sendCommand, startMove, untilPhase } from '../support/moves.js';
import { makeWorld } from '../support/world.js';

interface Page {
  readonly project: {
    readonly list: {
      readonly nodes: readonly { readonly id: string }[];
      readonly pageInfo: { readonly endCursor: string };
    };
  };
}

describe('what a client holds of a project', () => {
  it(`stays valid while it is moved again and again: ${[...MODES, 'LOCAL'].join(', ')}`, async () => {
    const world = await makeWorld();
    const app = await world.start();
    const projectId = await app.createProject({ storageMode: 'LOCAL' });
    const start = await cursorOf(app, projectId);
    const work = await world.people(app, projectId, { before: 120, restMs: 5 });
    work.start();
    await work.more(150);
    await work.stop();
    await settled(app, projectId);

    const page = (list: string, after: string | null) =>
      app.ask<Page>(
        `query ($id: ID!, $after: String) { project(by: { id: $id }) {
          list: ${list}(first: 20, after: $after) { nodes { ${list === 'log' ? 'id: recordId seq before after' : 'id'} } pageInfo { endCursor } } } }`,
        { id: projectId, after },
      );
    const lists = ['tasks', 'memories', 'sessions', 'log'];
    const seconds = async (firsts: readonly Page[]) =>
      Promise.all(lists.map((list, n) => page(list, firsts[n]!.project.list.pageInfo.endCursor)));
    const firsts = await Promise.all(lists.map((list) => page(list, null)));
    const before = await seconds(firsts);
    const edited = [...work.oracle.records.values()].find(({ kind, is }) => kind === 'task' && is.version > 2);
    const history = () =>
      app.ask<object>(
        'query ($id: ID!) { task(id: $id) { history(first: 50) { nodes { seq at actor requestId operation version before after } } } }',
        { id: edited!.id },
      );
    const historyBefore = await history();

    for (const mode of [...MODES.filter((each) => each !== 'LOCAL'), 'LOCAL' as const]) {
      const id = await startMove(app, projectId, { mode });
      await untilPhase(app, id, 'MOVED');
      expect(await seconds(firsts), mode).toEqual(before);
      expect(await history(), mode).toEqual(historyBefore);
      const { finalization } = await readMove(app, id);
      await sendCommand(app, 'finalize', id, { token: finalization!.token });
      await untilPhase(app, id, 'FINALIZED');
    }
    expect((await work.check(app)).join('\n')).toBe('');

    const follower = await followProject(app, projectId, start);
    const { project } = await app.ask<{ project: { log: { nodes: { seq: number }[] } } }>(
      'query ($id: ID!) { project(by: { id: $id }) { log(first: 1) { nodes { seq } } } }',
      { id: projectId },
    );
    const last = project.log.nodes[0]!.seq;
    await follower.reached(last);
    await follower.stop();
    expect([follower.seen[0], follower.seen.at(-1), gapsIn(follower.seen)]).toEqual([1, last, []]);
  });

  it('can be undone across a move: restored, and reverted', async () => {
    const world = await makeWorld();
    const app = await world.start();
    const projectId = await app.createProject({ storageMode: 'FILE' });
    const work = await world.people(app, projectId, { before: 60, restMs: 5 });
    work.start();
    await work.more(150);
    await work.stop();
    const tasks = [...work.oracle.records.values()].filter(({ kind }) => kind === 'task');
    const deleted = tasks.find(({ is }) => is.state === 'DELETED')!;
    // One that was only deleted and restored has nothing to revert.
    const edited = tasks.find(({ is, firstText }) => is.state === 'LIVE' && is.text !== firstText)!;
    await untilPhase(app, await startMove(app, projectId, { mode: 'LOCAL' }), 'MOVED');

    const restored = await app.mutate<{ task: object }>(
      'restoreTask',
      { id: deleted.id },
      'task { version deletedAt }',
    );
    expect(restored.task).toEqual({ version: deleted.is.version + 1, deletedAt: null });
    const reverted = await app.mutate<{ record: object }>(
      'revertRecord',
      { id: edited.id, version: edited.is.version, toVersion: 1 },
      'record { ... on Task { title version } }',
    );
    expect(reverted.record).toEqual({ title: edited.firstText, version: edited.is.version + 1 });
  });
});
