import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findServer } from '../../src/config/server-file.js';
import { askServer } from '../support/api.js';
import { spawnMooring } from '../support/machine/processes.js';
import { until } from '../support/until.js';

/** A disk that is always full. */
const FULL = '/dev/full';
const hasFull = existsSync(FULL);
if (!hasFull) console.warn(`This system has no ${FULL}: a log on a full disk isn't tested.`);

let data: string;
let server: ChildProcess;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'mooring-log-'));
});
afterEach(async () => {
  server.kill('SIGKILL');
  await rm(data, { recursive: true });
});

/** Starts a server whose log goes there. @returns its address */
async function serve(stdout: 'pipe' | number): Promise<string> {
  server = spawnMooring(data, {}, stdout);
  server.stderr!.pipe(process.stderr);
  await until(async () => (await findServer(data)) !== null);
  return (await findServer(data))!.url;
}

/** More lines than a pipe holds. */
async function askALot(url: string): Promise<void> {
  const operation = `Q${'x'.repeat(1_000)}`;
  for (let n = 0; n < 1_000; n += 1) await askServer(url, `query ${operation} { __typename }`);
}

describe('a log that can’t be written holds up neither requests nor the end', () => {
  it('because nobody reads it', async () => {
    await askALot(await serve('pipe'));
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).toEqual([0, null]);
  });

  it.skipIf(!hasFull)('because the disk is full', async () => {
    const full = openSync(FULL, 'w');
    try {
      await askALot(await serve(full));
    } finally {
      closeSync(full);
    }
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).toEqual([0, null]);
  });
});
