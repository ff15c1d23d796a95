import { describe, expect, it, onTestFinished } from 'vitest';
import type { StorageMode } from '../../src/domain/project.js';
import { createApi, Refusal } from '../support/api.js';
import { claim, complete, countOpen, type Held, LONG_LEASE, readHistories, startPair } from '../support/claims.js';
import { amount, cases } from '../support/extent.js';
import { mongoUnavailable } from '../support/mongodb/mongodb.js';

const TASKS = amount({ quick: 150, all: 1_000 });
const CLIENTS = 50;

describe.each(cases<StorageMode>(['LOCAL'], ['FILE', 'MONGODB']))(
  'claims through two servers, in %s',
  (storageMode) => {
    const isSkipped = storageMode === 'MONGODB' && mongoUnavailable !== null;

    it.skipIf(isSkipped)(`complete each of ${TASKS} tasks once, though one server is killed meanwhile`, async () => {
      const { servers, projectId, ids } = await startPair(storageMode, TASKS);
      const [doomed, other] = servers;
      const acknowledged: (Held & { readonly result: string })[] = [];
      let claims = 0;
      let isKilled = false;

      /** Claims and completes tasks until none is ready. Claims at the doomed server expire soon. */
      async function work(client: number): Promise<void> {
        const isDoomed = client % 2 === 0;
        const api = createApi((isDoomed ? doomed : other).url);
        const agent = `worker ${client}`;
        const input = { projectId, agent, leaseSeconds: isDoomed ? 2 : LONG_LEASE };
        try {
          for (let held = await claim(api, input); held; held = await claim(api, input)) {
            claims += 1;
            if (claims === TASKS / 2) {
              isKilled = true;
              doomed.process.kill('SIGKILL');
            }
            const result = `${agent}, ${held.token}`;
            // On a slow machine a claim may have expired already.
            if (await complete(api, held, result)) acknowledged.push({ ...held, result });
          }
        } catch (error) {
          if (!isDoomed || !isKilled || error instanceof Refusal) throw error;
        }
      }

      // One claim at least is left behind, whatever the others are at when their server ends.
      const sleeping = { projectId, id: ids[0], agent: 'sleeper', leaseSeconds: 2 };
      const abandoned = (await claim(createApi(doomed.url), sleeping))!;
      await Promise.all(Array.from({ length: CLIENTS }, (_, client) => work(client)));
      const heir = createApi(other.url);
      while ((await countOpen(heir, projectId)) > 0) {
        const held = await claim(heir, { projectId, agent: 'heir', waitSeconds: 60 });
        if (held) expect(await complete(heir, held, `heir, ${held.token}`)).toBe(true);
      }

      expect(isKilled).toBe(true);
      const histories = await readHistories(heir, projectId);
      expect([...histories.keys()].sort()).toEqual([...ids].sort());
      for (const history of histories.values()) {
        // It was created, claimed once or more, and completed.
        expect(history.map(({ status }) => status)).toEqual([
          'BACKLOG',
          ...history.slice(1, -1).map(() => 'IN_PROGRESS'),
          'DONE',
        ]);
        const [claimed, done] = history.slice(-2);
        const { claimToken } = claimed!;
        expect(history.map((task) => task.claimToken)).toEqual([...Array(claimToken + 1).keys(), claimToken]);
        expect(done!.result).toBe(`${claimed!.claim!.agent}, ${claimToken}`);
      }
      for (const { id, result } of acknowledged) expect(histories.get(id)!.at(-1)).toMatchObject({ result });
      expect(await complete(heir, abandoned, 'late')).toBe(false);
    });

    it.skipIf(isSkipped)('of a killed server are taken over when they expire, and then can write nothing', async () => {
      const { servers, projectId, ids } = await startPair(storageMode, 20);
      const [doomed, other] = servers;
      const abandoned: Held[] = [];
      // Each by its id, so that it doesn't matter whether those before it have expired.
      for (const id of ids.slice(0, 10)) {
        abandoned.push((await claim(createApi(doomed.url), { projectId, id, agent: 'dying', leaseSeconds: 1 }))!);
      }
      doomed.process.kill('SIGKILL');
      const api = createApi(other.url);
      const taken: Held[] = [];
      // Waiting, it is woken by each claim that expires.
      while (taken.length < ids.length) {
        const held = await claim(api, { projectId, agent: 'heir', waitSeconds: 60 });
        if (held) taken.push(held);
      }
      expect(taken.map(({ id }) => id).sort()).toEqual([...ids].sort());
      const histories = await readHistories(api, projectId);
      for (const held of abandoned) {
        expect(taken).toContainEqual({ id: held.id, token: held.token + 1 });
        expect(await complete(api, held, 'late')).toBe(false);
        expect(histories.get(held.id)!.map((task) => task.claim?.agent)).toEqual([undefined, 'dying', 'heir']);
      }
    });

    it.skipIf(isSkipped)('of a server that was stopped past their lease write nothing', async () => {
      const { servers, projectId, ids } = await startPair(storageMode, 1);
      const [stopped, other] = servers;
      const api = createApi(stopped.url);
      const held = (await claim(api, { projectId, agent: 'stopped', leaseSeconds: 1 }))!;
      // Its index has the claim too, so that it isn't stopped in the middle of a write, which would hold up the other.
      expect(await countOpen(api, projectId)).toBe(1);
      // While it is stopped it can't be ended.
      onTestFinished(() => void stopped.process.kill('SIGCONT'));
      stopped.process.kill('SIGSTOP');
      const late = Object.entries({
        completeTask: { result: 'late' },
        releaseTask: { reason: 'late' },
        renewClaim: {},
      }).map(([name, more]) => api.mutate(name, { ...held, ...more }, 'task { id }').catch((error: unknown) => error));
      const heir = createApi(other.url);
      const taken = (await claim(heir, { projectId, agent: 'heir', waitSeconds: 60 }))!;
      expect(taken).toEqual({ id: ids[0], token: held.token + 1 });
      stopped.process.kill('SIGCONT');
      for (const answer of await Promise.all(late)) expect(answer).toMatchObject({ code: 'CLAIM_LOST' });
      expect(await complete(heir, taken, 'done')).toBe(true);
      const history = (await readHistories(heir, projectId)).get(taken.id)!;
      expect(history.map(({ status, claimToken }) => `${status} ${claimToken}`)).toEqual([
        'BACKLOG 0',
        'IN_PROGRESS 1',
        'IN_PROGRESS 2',
        'DONE 2',
      ]);
    });
  },
);
