import { describe, expect, it, onTestFinished } from 'vitest';
import { differences, readHeld } from '../support/compare.js';
import { cases } from '../support/extent.js';
import { type FaultProxy, startProxy } from '../support/machine/proxy.js';
import { mongoUnavailable, startMongo } from '../support/mongodb/mongodb.js';
import { startMove, until, untilHeld, untilPhase } from './support/moves.js';
import { createGate, makeWorld } from './support/world.js';

describe.skipIf(mongoUnavailable)('a database that goes down', () => {
  async function behindProxy(from: 'LOCAL' | 'MONGODB') {
    // One of its own: connections that are cut in the middle of something are too much for some servers.
    const { uri, port, stop } = await startMongo();
    onTestFinished(stop);
    const proxy: FaultProxy = await startProxy({ port });
    onTestFinished(() => proxy.close());
    const gate = createGate();
    const world = await makeWorld({ uri, via: uri.replace(String(port), String(proxy.port)) });
    const app = await world.start(gate);
    const projectId = await app.createProject({ storageMode: from });
    const unheard = ['STORE_UNAVAILABLE', 'STORE_TIMEOUT'];
    const work = await world.people(app, projectId, { before: 80, ...(from === 'MONGODB' ? { unheard } : {}) });
    return { world, proxy, gate, app, projectId, work };
  }

  it.each(cases(['fenced'], ['copy', 'replay', 'verify', 'target-epoch']))(
    'as the target at a %s delays the move, which says so, and nothing else; then it continues',
    async (at) => {
      const { world, proxy, gate, app, projectId, work } = await behindProxy('LOCAL');
      work.start();
      const held = gate.holdAt(at);
      const id = await startMove(app, projectId, { mode: 'MONGODB' });
      const release = await untilHeld(app, id, held);
      await proxy.set({ kind: 'refuse' });
      release();
      await until(app, id, ({ problem, message }) => problem !== null || /again/.test(message));
      await work.more(20);
      await proxy.set({ kind: 'none' });
      await untilPhase(app, id, 'MOVED');
      await work.more(10);
      await work.stop();
      expect((await work.check(app)).join('\n')).toBe('');
      const source = await readHeld(world.liesAt({ mode: 'LOCAL' }, projectId));
      const target = await readHeld(world.liesAt({ mode: 'MONGODB' }, projectId), source.seq);
      expect(differences(source, target)).toEqual([]);
    },
  );

  it.each(cases(['replay'], ['copy', 'verify']))(
    'as the source at a %s delays the move until it is back',
    async (at) => {
      const { proxy, gate, app, projectId, work } = await behindProxy('MONGODB');
      const held = gate.holdAt(at);
      const id = await startMove(app, projectId, { mode: 'LOCAL' });
      const release = await untilHeld(app, id, held);
      await proxy.set({ kind: 'refuse' });
      release();
      await until(app, id, ({ problem }) => problem !== null);
      await proxy.set({ kind: 'none' });
      await untilPhase(app, id, 'MOVED');
      expect((await work.check(app)).join('\n')).toBe('');
    },
  );
});
