import { describe, expect, it } from 'vitest';
import type { StorageMode } from '../../src/domain/project.js';
import { createApi } from '../support/api.js';
import { claim, type Held, startPair } from '../support/claims.js';
import { amount, cases } from '../support/extent.js';
import { mongoUnavailable } from '../support/mongodb/mongodb.js';

const TASKS = amount({ quick: 100, all: 1_000 });
const CLIENTS = 50;

describe.each(cases<StorageMode>(['LOCAL', 'MONGODB'], ['FILE']))(
  'claims through two servers, in %s',
  (storageMode) => {
    const isSkipped = storageMode === 'MONGODB' && mongoUnavailable !== null;

    it.skipIf(isSkipped)(`give each of ${TASKS} tasks to one of ${CLIENTS} clients`, async () => {
      const { servers, projectId, ids } = await startPair(storageMode, TASKS);
      const claimed = await Promise.all(
        Array.from({ length: CLIENTS }, async (_, client) => {
          const api = createApi(servers[client % 2]!.url);
          const own: Held[] = [];
          // The same name for all: claims don't tell agents apart by it.
          for (let held = await claim(api, { projectId, agent: 'worker' }); held; ) {
            own.push(held);
            held = await claim(api, { projectId, agent: 'worker' });
          }
          return own;
        }),
      );
      const all = claimed.flat();
      expect(all.map(({ id }) => id).sort()).toEqual([...ids].sort());
      expect(all.map(({ token }) => token)).toEqual(all.map(() => 1));
    });
  },
);
