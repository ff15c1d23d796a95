import { describe, expect, it, onTestFinished } from 'vitest';
import { cases } from '../support/extent.js';
import { mongoUnavailable } from '../support/mongodb/mongodb.js';
import { rateLimited, startVoyage, type VoyageFault } from '../support/voyage/voyage.js';
import { startMove, untilHeld, untilPhase } from './support/moves.js';
import { createGate, makeWorld } from './support/world.js';

describe.skipIf(mongoUnavailable)('Voyage that fails while a project is embedded again', () => {
  const failures = cases<readonly [string, VoyageFault]>(
    [
      ['is limited', rateLimited(0)],
      ['is cut off', { kind: 'cut' }],
    ],
    [
      ['answers 500', { kind: 'status', status: 500 }],
      ['hangs', { kind: 'hang' }],
    ],
  );
  it.each(failures)('and %s delays the move; the old index answers until then', async (_, fault) => {
    const voyage = await startVoyage();
    onTestFinished(() => voyage.stop());
    const world = await makeWorld();
    const environment = { VOYAGE_AI_API_KEY: voyage.key, VOYAGE_BASE_URL: voyage.url };
    const gate = createGate();
    const app = await world.start({ environment, ...gate });
    const projectId = await app.createProject({ storageMode: 'LOCAL' });
    const work = await world.people(app, projectId, { before: 60, ownContents: true });
    const held = gate.holdAt('copy');
    const id = await startMove(app, projectId, { mode: 'MONGODB' });
    const release = await untilHeld(app, id, held);
    voyage.next(...Array.from({ length: 3 }, () => fault));
    work.start();
    release();
    const moved = await untilPhase(app, id, 'MOVED');
    await work.stop();
    expect((await work.check(app)).join('\n')).toBe('');
    expect(moved.progress.vectors).toMatchObject({ failed: 0 });
    expect(moved.progress.tokens).toBeGreaterThan(0);
  });
});
