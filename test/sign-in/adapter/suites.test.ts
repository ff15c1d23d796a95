import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '../../../src/storage/sqlite/store.js';
import { borrowWriter } from '../../support/machine/threads.js';
import { runSuites } from '../../support/sign-in/suites.js';

const folders: string[] = [];

await runSuites(
  async (collections) => {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-sign-in-'));
    folders.push(folder);
    return createSqliteStore({
      ...{ path: join(folder, 'store.db'), collections },
      ...{ writer: borrowWriter(), create: { epoch: 1 } },
    });
  },
  async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  },
);
