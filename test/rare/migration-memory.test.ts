import { readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readMove, sendCommand, startMove, until } from '../migration/support/moves.js';
import type { Api } from '../support/api.js';
import { startVictim, type Victim } from '../support/migration/victim.js';
import { makeFolder } from '../support/temporary.js';

/** Peaks of memory are read from /proc, which only Linux has. */
const isLinux = process.platform === 'linux';
if (!isLinux) console.warn('Skipped: the peak of a process’s memory is read from /proc, which this system lacks.');

/** How many memories, and how many characters each carries besides its content: 128 MB of them in the larger project. */
const [FEW, MANY, CARRIED] = [8_000, 32_000, 4_000];
/** With much memory V8 defers collecting garbage. With little, the peak shows live memory: a server that held the project would crash. */
const env = { NODE_OPTIONS: '--max-old-space-size=80' };
/** This many contents are embedded; the vectors of the rest are found by content. */
const CONTENTS = 50;
const AT_A_TIME = 200;
const DEADLINE_MS = 3_600_000;

describe('the memory of a server that moves a project', () => {
  it.runIf(isLinux)(
    'is the same however large the project is, within a fifth',
    async () => {
      const few = await peaksOf(FEW);
      const many = await peaksOf(MANY);
      console.log(`Peaks in MB, there and back: ${few} with ${FEW} memories, ${many} with ${MANY}`);
      for (const [index, peak] of many.entries()) expect(peak / few[index]!).toBeLessThan(1.2);
    },
    DEADLINE_MS,
  );
});

/** The peaks of two servers, in MB: of the one that moved a project of this many memories to files, and of the one that moved it back. */
async function peaksOf(memories: number): Promise<readonly number[]> {
  const folder = await makeFolder();
  const first = await startVictim(folder, env);
  onTestFinished(() => first.kill());
  const projectId = await first.api.createProject({ storageMode: 'LOCAL' });
  await fill(first.api, projectId, memories);
  await first.stop();
  const peaks: number[] = [];
  for (const mode of ['FILE', 'LOCAL'] as const) {
    const server = await startVictim(folder, env);
    onTestFinished(() => server.kill());
    const id = await startMove(server.api, projectId, { mode });
    const { finalization } = await until(server.api, id, ({ phase }) => phase === 'MOVED', DEADLINE_MS);
    await sendCommand(server.api, 'finalize', id, { token: finalization!.token });
    await until(server.api, id, ({ phase }) => phase === 'FINALIZED', DEADLINE_MS);
    expect((await readMove(server.api, id)).verification).toMatchObject({ isComplete: true });
    peaks.push(await peakOf(server));
    await server.stop();
  }
  return peaks;
}

async function fill(api: Api, projectId: string, count: number): Promise<void> {
  for (let saved = 0; saved < count; saved += AT_A_TIME) {
    const memories = Array.from({ length: AT_A_TIME }, (_, index) => ({
      role: 'USER',
      content: `The harbour light of pier ${(saved + index) % CONTENTS} is seen from ${(saved + index) % CONTENTS} miles.`,
      metadata: { carried: `${saved + index} `.repeat(CARRIED / 6) },
    }));
    await api.mutate('saveMemories', { projectId, memories }, 'memories { id }');
  }
  const query = 'query ($id: ID!) { project(by: { id: $id }) { searchIndex { pending } } }';
  const pending = async () =>
    (await api.ask<{ project: { searchIndex: { pending: number } } }>(query, { id: projectId })).project.searchIndex
      .pending;
  await expect.poll(pending, { timeout: DEADLINE_MS, interval: 500 }).toBe(0);
}

/** The most that it has had in memory, in MB. */
async function peakOf({ process: { pid } }: Victim): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024);
}
