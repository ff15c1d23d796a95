import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { lookAt, startMove, untilPhase } from '../migration/support/moves.js';
import { liesIn } from '../migration/support/places.js';
import { differences, readHeld } from '../support/compare.js';
import { cases } from '../support/extent.js';
import { startVictim, type Victim } from '../support/migration/victim.js';
import { createWorkload } from '../support/workload/workload.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

describe('a runner that stopped for longer than its lease', () => {
  it.each(cases(['flip'], ['copy', 'replay', 'fence', 'fenced', 'target-epoch']))(
    'at a %s writes nothing when it comes back, since another has taken over',
    async (at) => {
      const folder = await mkdtemp(join(tmpdir(), 'mooring-stopped-'));
      closers.push(() => rm(folder, { recursive: true, force: true }));
      const surroundings = { folder, uri: '', database: '', otherDatabase: '' };
      const victim = await startVictim(folder, {});
      closers.push(() => victim.kill());
      const projectId = await victim.api.createProject({ storageMode: 'LOCAL' });
      const work = await createWorkload(victim.api, projectId, { before: 80 });
      closers.push(async () => work.abandon());
      await victim.doom({ at, how: 'SIGSTOP' });
      const id = await startMove(victim.api, projectId, { mode: 'FILE' });
      await stopped(victim);

      const next = await startVictim(folder, {});
      closers.push(() => next.kill());
      const other = next.api;
      work.moveTo(other);
      work.start();
      await untilPhase(other, id, 'MOVED');
      await work.more(20);
      victim.process.kill('SIGCONT');
      // It is awake again when it answers; whatever it was about to do it has tried by then.
      await victim.api.ask('{ serverInfo { version } }');
      await work.more(40);
      await work.stop();
      expect((await work.check(other)).join('\n')).toBe('');
      expect((await work.check(victim.api)).join('\n')).toBe('');

      const source = await readHeld(liesIn(surroundings, { mode: 'LOCAL' }, projectId));
      const target = await readHeld(liesIn(surroundings, { mode: 'FILE' }, projectId), source.seq);
      expect(differences(source, target)).toEqual([]);
      expect((await lookAt(other, id)).phase).toBe('MOVED');
    },
  );
});

/** Resolves when a process is stopped by a signal. */
async function stopped({ process: { pid } }: Victim): Promise<void> {
  const state = () => execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  await expect.poll(state, { timeout: 60_000 }).toBe('T');
}
