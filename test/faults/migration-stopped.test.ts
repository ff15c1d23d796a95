import { execFileSync } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readMove, startMove, untilPhase } from '../migration/support/moves.js';
import { liesIn } from '../migration/support/places.js';
import { differences, readHeld } from '../support/compare.js';
import { cases } from '../support/extent.js';
import { startVictim, type Victim } from '../support/migration/victim.js';
import { makeFolder } from '../support/temporary.js';
import { createWorkload } from '../support/workload/workload.js';

describe('a runner that stopped for longer than its lease', () => {
  it.each(cases(['flip'], ['copy', 'replay', 'fence', 'fenced', 'target-epoch']))(
    'at a %s writes nothing when it comes back, since another has taken over',
    async (at) => {
      const folder = await makeFolder();
      const surroundings = { folder, uri: '', database: '', otherDatabase: '' };
      const victim = await startVictim(folder, {});
      onTestFinished(() => victim.kill());
      const projectId = await victim.api.createProject({ storageMode: 'LOCAL' });
      const work = await createWorkload(victim.api, projectId, { before: 80 });
      onTestFinished(async () => work.abandon());
      await victim.doom({ at, how: 'SIGSTOP' });
      const id = await startMove(victim.api, projectId, { mode: 'FILE' });
      await stopped(victim);

      const next = await startVictim(folder, {});
      onTestFinished(() => next.kill());
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
      expect((await readMove(other, id)).phase).toBe('MOVED');
    },
  );
});

/** Resolves when a process is stopped by a signal. */
async function stopped({ process: { pid } }: Victim): Promise<void> {
  const state = () => execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  await expect.poll(state, { timeout: 60_000 }).toBe('T');
}
