import { describe, expect, it } from 'vitest';
import { readHeld, remains } from '../../support/compare.js';
import { startMove, until } from '../support/moves.js';
import { PAIRS } from '../support/places.js';
import { makeWorld } from '../support/world.js';

describe('a dry run', () => {
  it.each(PAIRS.filter(([from, to]) => from !== to))(
    'from %s to %s checks everything and leaves nothing',
    async (from, to) => {
      const world = await makeWorld();
      const app = await world.start();
      const projectId = await app.createProject({ storageMode: from });
      const work = await world.people(app, projectId, { before: 60 });
      const before = await readHeld(world.liesAt({ mode: from }, projectId));
      const id = await startMove(app, projectId, { mode: to }, { dryRun: true });
      await until(app, id, ({ isOver }) => isOver);
      const { migration } = await app.ask<{
        migration: {
          phase: string;
          preflight: { checks: { outcome: string }[]; estimate: { collections: { name: string; records: number }[] } };
        };
      }>(
        'query ($id: ID!) { migration(id: $id) { phase preflight { checks { name outcome message hint } estimate { collections { name records } } } } }',
        { id },
      );
      expect(migration.phase).toBe('PLANNED');
      expect(migration.preflight.checks.filter(({ outcome }) => outcome === 'FAILED')).toEqual([]);
      expect(migration.preflight.estimate.collections).toEqual(
        expect.arrayContaining([expect.objectContaining({ name: 'tasks', records: 30 })]),
      );
      expect(await remains(world.liesAt({ mode: to }, projectId))).toEqual([]);
      const after = await readHeld(world.liesAt({ mode: from }, projectId));
      expect({ digest: after.digest, epoch: after.epoch }).toEqual({ digest: before.digest, epoch: before.epoch });
      expect((await work.check(app)).join('\n')).toBe('');
    },
  );
});
