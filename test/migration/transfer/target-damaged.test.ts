import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { differences, readHeld } from '../../support/compare.js';
import { settled } from '../../support/server.js';
import { startMove, untilPhase } from '../support/moves.js';
import { createGate, makeWorld } from '../support/world.js';

describe('a target that is damaged between the copy and its verification', () => {
  const damages: readonly (readonly [string, RegExp, string])[] = [
    ['a field', /title/, `update tasks set doc = json_set(doc, '$.title', 'Damaged') where rowid = 3`],
    ['a record', /./, 'delete from tasks where rowid = 4'],
    ['an entry of the log', /actor/, `update log set actor = 'nobody' where seq = 5`],
    [
      'an extra record',
      /./,
      `insert into tasks (id, version, doc) select replace(id, 'tsk_0', 'tsk_1'), version, json_set(doc, '$.id', replace(id, 'tsk_0', 'tsk_1'), '$.externalId', null) from tasks where rowid = 5`,
    ],
  ];

  it.each(damages)('in %s is reported and repaired', async (_, where, sql) => {
    const { app, id, projectId, world, release, path } = await copied();
    const db = new Database(path);
    db.exec(sql);
    db.close();
    release();
    const moved = await untilPhase(app, id, 'MOVED');
    expect(moved.mismatches.nodes).toEqual([expect.objectContaining({ isRepaired: true })]);
    expect(JSON.stringify(moved.mismatches.nodes)).toMatch(where);
    const source = await readHeld(world.liesAt({ mode: 'FILE' }, projectId));
    expect(differences(source, await readHeld(world.liesAt({ mode: 'LOCAL' }, projectId), source.seq))).toEqual([]);
  });

  it('in a vector is reported and repaired', async () => {
    const { app, id, projectId, world, release } = await copied('verify');
    const db = new Database(join(world.folder, 'projects', projectId, 'search.db'));
    await expect.poll(() => db.prepare('select count(*) from vectors').pluck().get()).toBe(30);
    db.exec('update vectors set vector = zeroblob(length(vector)) where rowid = 3');
    db.close();
    release();
    const moved = await untilPhase(app, id, 'MOVED');
    expect(moved.mismatches.nodes).toEqual([expect.objectContaining({ collection: 'vectors', isRepaired: true })]);
  });

  /** A project in files, copied into a database, and held before what is to be damaged is compared. */
  async function copied(at = 'replay') {
    const world = await makeWorld();
    const gate = createGate();
    const app = await world.start(gate);
    const projectId = await app.createProject({ storageMode: 'FILE' });
    await world.people(app, projectId, { before: 60, ownContents: true });
    await settled(app, projectId);
    const held = gate.holdAt(at);
    const id = await startMove(app, projectId, { mode: 'LOCAL' });
    return {
      world,
      app,
      projectId,
      id,
      release: await held,
      path: join(world.folder, 'projects', projectId, 'store.db'),
    };
  }
});
